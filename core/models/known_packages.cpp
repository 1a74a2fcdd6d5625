// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/known_packages.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

struct KnownModule
{
    std::string_view dotted;
    std::string_view source;
};

// source  oslo.db 17, sqlalchemy/models.py
constexpr std::string_view osloModels = R"(
from sqlalchemy import Column, DateTime, Integer
class ModelBase:
    pass
class TimestampMixin:
    created_at = Column(DateTime, default=None)
    updated_at = Column(DateTime)
class SoftDeleteMixin:
    deleted_at = Column(DateTime)
    deleted = Column(Integer, default=0)
def __getattr__(name):
    raise AttributeError(name)
)";

// source  neutron-lib 3, db/model_base.py
constexpr std::string_view neutronModelBase = R"(
import sqlalchemy as sa
from sqlalchemy import orm
class HasProject:
    project_id = sa.Column(sa.String(255), index=True)
class HasProjectNoIndex(HasProject):
    project_id = sa.Column(sa.String(255))
class HasProjectPrimaryKey(HasProject):
    project_id = sa.Column(sa.String(255), nullable=False, primary_key=True)
class HasProjectPrimaryUniqueKey(HasProject):
    project_id = sa.Column(sa.String(255), nullable=False, primary_key=True, unique=True)
class HasId:
    id = sa.Column(sa.String(36), primary_key=True, default=None)
class HasStatusDescription:
    status = sa.Column(sa.String(16), nullable=False)
    status_description = sa.Column(sa.String(255))
class NeutronBaseV2:
    @orm.declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + 's'
class BASEV2(orm.DeclarativeBase, NeutronBaseV2):
    pass
def __getattr__(name):
    raise AttributeError(name)
)";

// source  fastapi-users-db-sqlalchemy 7
constexpr std::string_view fastapiUsers = R"(
import uuid
from typing import Generic, Optional, TypeVar
from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from fastapi_users_db_sqlalchemy.generics import GUID
ID = TypeVar("ID")
class SQLAlchemyBaseUserTable(Generic[ID]):
    __tablename__ = "user"
    email: Mapped[str] = mapped_column(String(length=320), unique=True, index=True, nullable=False)
    hashed_password: Mapped[str] = mapped_column(String(length=1024), nullable=False)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True, nullable=False)
    is_superuser: Mapped[bool] = mapped_column(Boolean, default=False, nullable=False)
    is_verified: Mapped[bool] = mapped_column(Boolean, default=False, nullable=False)
class SQLAlchemyBaseUserTableUUID(SQLAlchemyBaseUserTable):
    id: Mapped[uuid.UUID] = mapped_column(GUID, primary_key=True, default=uuid.uuid4)
class SQLAlchemyBaseOAuthAccountTable(Generic[ID]):
    __tablename__ = "oauth_account"
    oauth_name: Mapped[str] = mapped_column(String(length=100), index=True, nullable=False)
    access_token: Mapped[str] = mapped_column(String(length=1024), nullable=False)
    expires_at: Mapped[Optional[int]] = mapped_column(Integer, nullable=True)
    refresh_token: Mapped[Optional[str]] = mapped_column(String(length=1024), nullable=True)
    account_id: Mapped[str] = mapped_column(String(length=320), index=True, nullable=False)
    account_email: Mapped[str] = mapped_column(String(length=320), nullable=False)
class SQLAlchemyBaseOAuthAccountTableUUID(SQLAlchemyBaseOAuthAccountTable):
    id: Mapped[uuid.UUID] = mapped_column(GUID, primary_key=True, default=uuid.uuid4)
    @declared_attr
    def user_id(cls) -> Mapped[GUID]:
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)
def __getattr__(name):
    raise AttributeError(name)
)";

constexpr std::string_view fastapiTokens = R"(
import uuid
from datetime import datetime
from typing import Generic, TypeVar
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from fastapi_users_db_sqlalchemy.generics import GUID, TIMESTAMPAware
ID = TypeVar("ID")
class SQLAlchemyBaseAccessTokenTable(Generic[ID]):
    __tablename__ = "accesstoken"
    token: Mapped[str] = mapped_column(String(length=43), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(
        TIMESTAMPAware(timezone=True), index=True, nullable=False, default=None
    )
class SQLAlchemyBaseAccessTokenTableUUID(SQLAlchemyBaseAccessTokenTable):
    @declared_attr
    def user_id(cls) -> Mapped[GUID]:
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)
def __getattr__(name):
    raise AttributeError(name)
)";

// Its own tables (ab_user, …) differ between versions and are left out.
// source  Flask-AppBuilder 5, models/sqla/__init__.py, models/mixins.py
constexpr std::string_view appBuilder = R"(
from sqlalchemy.orm import declarative_base
Model = declarative_base()
Base = Model
def __getattr__(name):
    raise AttributeError(name)
)";

constexpr std::string_view appBuilderAlias = R"(
from flask_appbuilder import Base, Model
def __getattr__(name):
    raise AttributeError(name)
)";

constexpr std::string_view appBuilderMixins = R"(
from sqlalchemy import Column, DateTime, ForeignKey, Integer
from sqlalchemy.orm import declared_attr
class AuditMixin:
    created_on = Column(DateTime, default=None, nullable=False)
    changed_on = Column(DateTime, default=None, nullable=False)
    @declared_attr
    def created_by_fk(cls):
        return Column(Integer, ForeignKey("ab_user.id"), default=None, nullable=False)
    @declared_attr
    def changed_by_fk(cls):
        return Column(Integer, ForeignKey("ab_user.id"), default=None, nullable=False)
def __getattr__(name):
    raise AttributeError(name)
)";

constexpr std::array knownModules{
    KnownModule{"oslo_db.sqlalchemy.models", osloModels},
    KnownModule{"neutron_lib.db.model_base", neutronModelBase},
    KnownModule{"fastapi_users_db_sqlalchemy", fastapiUsers},
    KnownModule{"fastapi_users_db_sqlalchemy.access_token", fastapiTokens},
    KnownModule{"flask_appbuilder", appBuilder},
    KnownModule{"flask_appbuilder.models.sqla", appBuilderAlias},
    KnownModule{"flask_appbuilder.models.mixins", appBuilderMixins},
};

} // namespace

std::string_view knownPackageSource(std::string_view dotted)
{
    const auto found = std::ranges::find(knownModules, dotted, &KnownModule::dotted);
    return found == knownModules.end() ? std::string_view() : found->source;
}

} // namespace sightglass
