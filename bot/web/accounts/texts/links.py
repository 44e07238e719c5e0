"""Following a link to set a password."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "link_title": "Buat kata sandi",
        "link_hello": "Halo, {name}. Akun Anda:",
        "password_rule": "Paling sedikit 10 huruf atau angka. Beberapa kata yang mudah Anda ingat sudah cukup baik.",
        "new_password": "Kata sandi baru",
        "again": "Tulis sekali lagi",
        "save_password": "Simpan kata sandi",
        "password_set": "Kata sandi tersimpan. Silakan masuk.",
        "link_gone_title": "Tautan ini tidak berlaku lagi",
        "link_gone": (
            "Tautan berlaku tiga hari dan hanya sekali. Mintalah tautan baru kepada administrator kantor Anda."
        ),
    },
    "en": {
        "link_title": "Choose a password",
        "link_hello": "Hello, {name}. Your account:",
        "password_rule": "At least 10 letters or digits. Some words that you remember easily are good enough.",
        "new_password": "New password",
        "again": "Write it once more",
        "save_password": "Save the password",
        "password_set": "Password saved. Please sign in.",
        "link_gone_title": "This link is no longer good",
        "link_gone": "A link is good for three days and for one use. Ask your office's administrator for a new one.",
    },
}
