"""Flask-Security joined to the application: what of it is used, and with which keys, forms, texts and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask_security import Security, user_authenticated

from bot.db.session import Database
from bot.gateways.base import Mailer
from bot.web.accounts import forms, refusals
from bot.web.accounts.account import Account, AccountStore, Now, OnceTotp
from bot.web.accounts.catalogue import Catalogue, told
from bot.web.accounts.guard import to_sign_in, turn_to_set_up
from bot.web.accounts.keys import Keys
from bot.web.accounts.language import choose, language, t
from bot.web.accounts.limits import limit_tries
from bot.web.accounts.link_mail import LinkMail
from bot.web.accounts.link_page import link_blueprint
from bot.web.accounts.links import Links
from bot.web.accounts.own import own_blueprint
from bot.web.accounts.team import team_blueprint

SIGN_IN = "/sign-in"
OURS = ("security", "account", "team", "link", "desk", "supervisor")
TRIES = (
    "security.login",
    "security.two_factor_token_validation",
    "security.two_factor_setup_validate",
    "security.mf_recovery",
    "security.verify",
    "security.change_password",
    "link.set_password",
)
WORKING_DAY = timedelta(hours=12)

CONFIGURATION: dict[str, Any] = {
    "API_ENABLED_METHODS": ["session"],
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "STATIC_FOLDER": None,
    "RETURN_GENERIC_RESPONSES": True,
    "LOGOUT_CSRF": True,
    "FRESHNESS": timedelta(hours=1),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
    # passwords: argon2id as OWASP's cheat sheet has it; more than 32 MiB, so that the C library gives it back at once
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 47_104,
        "argon2__time_cost": 1,
        "argon2__parallelism": 1,
    },
    "PASSWORD_LENGTH_MIN": 10,
    "CHANGEABLE": True,
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    # second factor: an app's codes, one time step early or late
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TOTP_ISSUER": "Sapa",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    # where things are
    "LOGIN_URL": SIGN_IN,
    "LOGOUT_URL": "/sign-out",
    "VERIFY_URL": "/account/confirm",
    "CHANGE_URL": "/account/password",
    "TWO_FACTOR_SETUP_URL": "/account/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": f"{SIGN_IN}/code",
    "TWO_FACTOR_RESCUE_URL": f"{SIGN_IN}/rescue",
    "TWO_FACTOR_SELECT_URL": f"{SIGN_IN}/select",
    "MULTI_FACTOR_RECOVERY_URL": f"{SIGN_IN}/recovery",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "POST_LOGIN_VIEW": "/desk",
    "POST_LOGOUT_VIEW": SIGN_IN,
    "POST_CHANGE_VIEW": "/account",
    "POST_VERIFY_VIEW": "/account",
    "TWO_FACTOR_POST_SETUP_VIEW": "/account/recovery-codes",
    # how they look
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "LOGOUT_USER_TEMPLATE": "accounts/sign_out.html",
    "VERIFY_TEMPLATE": "accounts/confirm.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/password.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/second_factor.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/code.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/recovery_codes.html",
}


def join_accounts(
    app: Flask, database: Database, keys: Keys, public_url: str, mailer: Callable[[], Mailer | None], now: Now
) -> None:
    """Call after CSRFProtect, and before `protect` sets the headers."""
    app.config.update({f"SECURITY_{name}": value for name, value in CONFIGURATION.items()})
    app.config.update(
        PERMANENT_SESSION_LIFETIME=WORKING_DAY,  # a session ends with the day's work, also in a browser left open
        SECURITY_PASSWORD_SALT=keys.salt,
        SECURITY_TOTP_SECRETS={"1": keys.totp},
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[keys.recovery],
    )
    store = AccountStore(database, now)
    security = Security(
        app,
        store,
        totp_cls=OnceTotp,
        login_form=forms.SignInForm,
        verify_form=forms.ConfirmForm,
        change_password_form=forms.PasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.NoRescueForm,
        mf_recovery_form=forms.RecoveryForm,
    )
    security.i18n_domain = Catalogue()  # type: ignore[assignment]  # of FsDomain it has all that is asked
    security.unauthn_handler(to_sign_in)
    security.want_json(lambda _request: False)  # pages only: its JSON would be a second way in
    links = Links(keys.link, public_url)
    for pages in (
        own_blueprint(database, now),
        team_blueprint(database, links, LinkMail(mailer), now),
        link_blueprint(database, links, now),
    ):
        app.register_blueprint(pages)
    limit_tries(app, TRIES, behind_proxy=public_url.startswith("https://"))
    refusals.register(app)
    _register_hooks(app, store)


def _register_hooks(app: Flask, store: AccountStore) -> None:
    @app.before_request
    def before() -> Any:
        return turn_to_set_up()

    @app.context_processor
    def words() -> dict[str, object]:
        return {"t": t, "language": language(), "told": told} if request.blueprint in OURS else {}

    @user_authenticated.connect_via(app)
    def welcome(_app: Flask, user: Account, **more: Any) -> None:
        if more.get("authn_via") != ["change"]:
            store.signed_in(user)
            choose(user.language)
