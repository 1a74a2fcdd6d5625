"""All tables. Importing this module registers them with Base.metadata."""
from src.models.auth import EmailVerificationToken, PasswordResetToken, RefreshToken
from src.models.base import Base
from src.models.provider import Provider, ProviderAuditLog, ProviderConnection, ProviderToken
from src.models.rate_limit import RateLimitAuditLog
from src.models.user import User

__all__ = [
    "Base",
    "EmailVerificationToken",
    "PasswordResetToken",
    "Provider",
    "ProviderAuditLog",
    "ProviderConnection",
    "ProviderToken",
    "RateLimitAuditLog",
    "RefreshToken",
    "User",
]
