"""What people write about stocks."""
import sqlalchemy as sa

from .base import Base


class RedditPost(Base):
    __tablename__ = "reddit_posts"

    id = sa.Column(sa.Integer, primary_key=True)
    reddit_id = sa.Column(sa.String(20), nullable=False, unique=True)
    subreddit = sa.Column(sa.String(100), nullable=False)
    title = sa.Column(sa.Text, nullable=False)
    content = sa.Column(sa.Text)
    primary_ticker = sa.Column(sa.String(10), index=True)
    sentiment_score = sa.Column(sa.Float)
    posted_at = sa.Column(sa.DateTime, nullable=False)


class RedditComment(Base):
    __tablename__ = "reddit_comments"

    id = sa.Column(sa.Integer, primary_key=True)
    post_id = sa.Column(sa.ForeignKey("reddit_posts.id", ondelete="CASCADE"), nullable=False, index=True)
    reddit_id = sa.Column(sa.String(20), nullable=False, unique=True)
    content = sa.Column(sa.Text, nullable=False)
    score = sa.Column(sa.Integer, nullable=False, server_default="0")
    posted_at = sa.Column(sa.DateTime, nullable=False)
