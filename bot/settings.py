"""The settings: the only reader of the environment and of `.env`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import Invalid

SHORTEST_KEY = 32


class Settings(BaseSettings):
    """Everything that can be set from outside. Secrets are masked wherever they are printed."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Path("data")
    database_url: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    sandbox_port: int = 3300
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = ""
    teams_app_secret: SecretStr = SecretStr("")
    teams_tenant_id: str = ""
    teams_admins: str = ""
    teams_service_url: str = ""
    teams_login_url: str = "https://login.microsoftonline.com"
    teams_openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_issuer: str = "https://api.botframework.com"
    teams_graph_url: str = "https://graph.microsoft.com/v1.0"
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = ""
    openai_model: str = ""
    openai_price_in: float | None = Field(None, ge=0)
    openai_price_out: float | None = Field(None, ge=0)
    log_level: str = "info"

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, key: SecretStr) -> SecretStr:
        if 0 < len(key.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"it needs at least {SHORTEST_KEY} characters")
        return key

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @property
    def has_slack(self) -> bool:
        """True if a Slack workspace is configured."""
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def has_teams(self) -> bool:
        """True if an app of Microsoft Teams is configured."""
        return bool(self.teams_app_id)

    @property
    def has_chat(self) -> bool:
        """True if any chat is configured; else the sandbox is started."""
        return self.has_slack or self.has_teams

    @property
    def pages_url(self) -> str:
        """Where people reach our web pages: PUBLIC_URL, in the sandbox this machine, else nowhere (empty)."""
        if self.public_url or self.has_chat:
            return self.public_url.rstrip("/")
        return f"http://127.0.0.1:{self.port}"

    @property
    def has_language_model(self) -> bool:
        """True if a model is named, and where it is or a key for it: a key alone sends nothing out."""
        return bool(self.openai_model and (self.openai_base_url or self.openai_api_key.get_secret_value()))

    @property
    def store_url(self) -> str:
        """The database: DATABASE_URL, else a SQLite file in the data folder."""
        url = self.database_url.get_secret_value()
        return url or f"sqlite:///{self.data_dir.resolve() / 'liaison.db'}"


def load_settings() -> Settings:
    """The settings of this environment. Raises Invalid that names the first setting that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0]).upper()
        raise Invalid(f"{name} can't be used: {fault['msg'].lower()}. See .env.example for what it takes.") from error
