"""Flask-Security's forms where ours must do more: no "remember me" on an office's shared computer, every wrong try
counts towards the lock, and a locked account takes no code."""

from __future__ import annotations

from typing import Any

from flask_login import current_user
from flask_security import forms as theirs
from flask_security import verify_password
from flask_security.recovery_codes import MfRecoveryForm

from bot.web.accounts.language import t


class SignInForm(theirs.LoginForm):
    remember = None


class CodeForm(theirs.TwoFactorVerifyCodeForm):
    def validate(self, **more: Any) -> bool:
        assert self.user is not None  # the view knows who gave the right password
        if self.user.is_locked():
            self.code.errors = [t("locked")]
            return False
        self.code.data = "".join((self.code.data or "").split())  # shown as 123 456 by most apps
        return bool(self.code.data and super().validate(**more))


class RecoveryForm(MfRecoveryForm):
    def validate(self, **more: Any) -> bool:
        assert self.user is not None  # the view knows who gave the right password
        if self.user.is_locked():
            self.code.errors = [t("locked")]
            return False
        self.code.data = (self.code.data or "").strip().lower()
        if not self.code.data:
            return False
        if super().validate(**more):
            return True
        self.user.track_failed_authn("recovery")
        return False


class ConfirmForm(theirs.VerifyForm):
    def validate(self, **more: Any) -> bool:
        if self.user.is_locked():
            self.password.errors = [t("locked")]
            return False
        return bool(super().validate(**more))


class PasswordForm(theirs.ChangePasswordForm):
    def validate(self, **more: Any) -> bool:
        if current_user.is_locked():
            self.password.errors = [t("locked")]
            return False
        if super().validate(**more):
            return True
        if self.password.data and not verify_password(self.password.data, current_user.password):
            current_user.track_failed_authn("password")
        return False


class NoRescueForm(theirs.TwoFactorRescueForm):
    """Flask-Security would mail: here a recovery code helps, or an administrator."""

    def validate(self, **more: Any) -> bool:
        return False
