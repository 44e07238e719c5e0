"""The second factor and recovery codes."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "second_factor": "Pengaman kedua",
        "second_factor_must": "Peran Anda membuka data banyak warga, jadi akun ini wajib memakai pengaman kedua.",
        "second_factor_why": "Selain kata sandi, Anda masuk dengan enam angka dari aplikasi di ponsel.",
        "second_factor_app": "Pasang dulu aplikasi autentikator di ponsel, misalnya Google Authenticator atau Aegis.",
        "second_factor_start": "Tampilkan kode QR",
        "second_factor_scan": "Pindai kode ini dengan aplikasi, lalu tulis enam angka yang muncul.",
        "second_factor_open": "Buka di aplikasi ponsel ini",
        "second_factor_key": "Tidak bisa memindai? Tulis kunci ini di aplikasi:",
        "second_factor_on": "Terpasang",
        "second_factor_off": "Belum terpasang",
        "second_factor_set": "Pasang",
        "second_factor_new": "Ganti",
        "second_factor_remove": "Lepas pengaman kedua",
        "qr": "Kode QR untuk aplikasi autentikator",
        "codes_why": (
            "Bila ponsel hilang, satu kode cadangan menggantikan enam angka. Simpan di tempat aman, "
            "bukan di ponsel itu."
        ),
        "codes_shown": "Catat atau cetak sekarang; kode ini tidak ditampilkan lagi. Setiap kode berlaku sekali.",
        "codes_make": "Buat kode cadangan",
        "codes_again": "Membuat yang baru membatalkan semua kode yang lama.",
        "codes_left": "{count} kode tersisa",
        "codes_none": "Belum ada",
        "codes_done": "Sudah saya simpan",
    },
    "en": {
        "second_factor": "Second factor",
        "second_factor_must": "Your role opens the data of many citizens, so this account must have a second factor.",
        "second_factor_why": "Besides the password you sign in with six digits from an app on your phone.",
        "second_factor_app": "First install an authenticator app, for example Google Authenticator or Aegis.",
        "second_factor_start": "Show the QR code",
        "second_factor_scan": "Scan this code with the app, then write the six digits it shows.",
        "second_factor_open": "Open in this phone's app",
        "second_factor_key": "Cannot scan? Write this key into the app:",
        "second_factor_on": "Set up",
        "second_factor_off": "Not set up yet",
        "second_factor_set": "Set up",
        "second_factor_new": "Change",
        "second_factor_remove": "Remove the second factor",
        "qr": "QR code for the authenticator app",
        "codes_why": (
            "If the phone is lost, a recovery code stands for the six digits. Keep them safe, not on that phone."
        ),
        "codes_shown": "Write them down or print them now; they are not shown again. Each works once.",
        "codes_make": "Make recovery codes",
        "codes_again": "New codes cancel all older ones.",
        "codes_left": "{count} codes left",
        "codes_none": "None yet",
        "codes_done": "I have kept them",
    },
}
