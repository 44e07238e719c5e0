"""Flask-Security's own sentences in our words: it ships no Indonesian, and its English is a programmer's.

Keyed by Flask-Security's text; what is not here cannot be reached with the features we switch on
(tests/accounts/test_languages.py holds that). Instead of Babel's compiled catalogues: a table of this size needs
neither a build step nor Babel's memory in the web process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web.accounts.language import language

WRONG = "Authentication failed - identity or password/passcode invalid"

CATALOGUE: Mapping[str, Mapping[str, str]] = {
    "id": {
        WRONG: "E-mail atau kata sandi tidak cocok. Setelah lima kali salah, akun terkunci beberapa menit.",
        "Input not appropriate for requested API": "Isian tidak dapat dibaca. Coba ulangi.",
        "You do not have permission to view this resource.": "Halaman ini bukan untuk peran Anda.",
        "You must sign in to view this resource.": "Silakan masuk dulu.",
        "You must reauthenticate to access this endpoint": "Demi keamanan, tulis kata sandi Anda sekali lagi.",
        "Password does not match": "Kata sandi tidak cocok.",
        "Passwords do not match": "Kedua kata sandi tidak sama.",
        "Redirections outside the domain are forbidden": "Alamat tujuan tidak dikenal.",
        "Recovery code invalid": "Kode cadangan tidak cocok atau sudah pernah dipakai.",
        "No recovery codes generated yet": "Belum ada kode cadangan.",
        "Account is disabled.": "Akun ini tidak aktif.",
        "Email not provided": "Alamat e-mail belum diisi.",
        "Invalid email address": "Alamat e-mail tidak lengkap.",
        "Invalid code": "Kode tidak cocok. Pakai kode yang sedang tampil; setiap kode berlaku sekali.",
        "Value entered is not valid for the field": "Isian tidak dapat dibaca.",
        "Value entered must be less than %(length) characters": "Isian terlalu panjang.",
        "Password not provided": "Kata sandi belum diisi.",
        "Password must be at least %(length)s characters": "Kata sandi paling sedikit %(length)s huruf atau angka.",
        "Password not complex enough": "Kata sandi terlalu mudah ditebak.",
        "Specified user does not exist": "E-mail atau kata sandi tidak cocok.",
        "Invalid password": "Kata sandi tidak cocok.",
        "Your new password must be different than your previous password.": "Harus lain dari kata sandi yang lama.",
        "You successfully changed your password.": "Kata sandi diganti. Semua perangkat lain sudah dikeluarkan.",
        "Please log in to access this page.": "Silakan masuk dulu.",
        "Please reauthenticate to access this page.": "Demi keamanan, tulis kata sandi Anda sekali lagi.",
        "Reauthentication successful": "Terima kasih, silakan lanjut.",
        "You can only access this endpoint when not logged in.": "Anda sudah masuk.",
        "Your code has been confirmed": "Kode cocok. Selamat bekerja.",
        "You successfully changed your two-factor method.": "Pengaman kedua terpasang.",
        "You currently do not have permissions to access this page": "Waktunya habis. Silakan masuk lagi.",
        "Marked method is not valid": "Pilihan tidak dikenal.",
        "You successfully disabled two-factor authorization.": "Pengaman kedua dilepas.",
        "Setup must be completed within %(within)s. Please start over.": "Waktunya habis. Silakan mulai lagi.",
    },
    "en": {
        WRONG: "E-mail or password do not match. After five wrong tries the account is locked for some minutes.",
        "You must reauthenticate to access this endpoint": "To be safe, please write your password once more.",
        "Recovery code invalid": "This recovery code does not match or was used before.",
        "Invalid email address": "The e-mail address is not complete.",
        "Invalid code": "The code does not match. Use the one shown now; each code works once.",
        "Invalid password": "The password does not match.",
        "You successfully changed your password.": "Password changed. All other devices were signed out.",
        "Reauthentication successful": "Thank you, please go on.",
        "Your code has been confirmed": "The code matches. Welcome.",
        "You successfully changed your two-factor method.": "The second factor is set up.",
        "You currently do not have permissions to access this page": "Time ran out. Please sign in again.",
        "You successfully disabled two-factor authorization.": "The second factor is removed.",
        "Setup must be completed within %(within)s. Please start over.": "Time ran out. Please start again.",
    },
}


class Catalogue:
    """What Flask-Security asks for its texts (its ``i18n_domain``)."""

    def gettext(self, string: str, **values: Any) -> str:
        text = CATALOGUE[language()].get(string, string)
        return text % values if values else text

    def ngettext(self, singular: str, plural: str, num: int, **values: Any) -> str:
        return self.gettext(singular if num == 1 else plural, num=num, **values)

    def format_list(self, words: list[str], **_: Any) -> str:
        return ", ".join(words)


def told(sentence: str) -> str:
    """What a form's validator says, as the page shows it: Flask-Security fixes those sentences when it is imported."""
    return CATALOGUE[language()].get(sentence, sentence)
