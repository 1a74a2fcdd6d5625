"""The backend's tables."""
from .base import Base
from .news import NewsArticle
from .reddit import RedditComment, RedditPost
from .research import ResearchReport
from .stock import Stock
from .user import User

__all__ = ["Base", "NewsArticle", "RedditComment", "RedditPost", "ResearchReport", "Stock", "User"]
