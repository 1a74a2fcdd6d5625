"""Articles about stocks."""
import sqlalchemy as sa

from .base import Base


class NewsArticle(Base):
    __tablename__ = "news_articles"

    id = sa.Column(sa.Integer, primary_key=True)
    stock_id = sa.Column(sa.ForeignKey("stocks.id", ondelete="CASCADE"), nullable=False, index=True)
    url = sa.Column(sa.String(1000), nullable=False, unique=True)
    title = sa.Column(sa.Text, nullable=False)
    source = sa.Column(sa.String(100), nullable=False)
    published_at = sa.Column(sa.DateTime, nullable=False)
