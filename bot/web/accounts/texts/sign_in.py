"""Signing in."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "sign_in": "Masuk",
        "sign_in_title": "Masuk ke meja layanan",
        "sign_in_help": "Lupa kata sandi? Mintalah tautan baru kepada administrator kantor Anda.",
        "email": "Alamat e-mail",
        "password": "Kata sandi",
        "sign_out": "Keluar",
        "sign_out_sure": "Keluar dari akun ini?",
        "locked": "Terlalu sering salah, jadi akun terkunci sementara. Tunggu beberapa menit, lalu coba lagi.",
        "code_title": "Kode dari aplikasi",
        "code_help": "Buka aplikasi autentikator di ponsel Anda, lalu tulis enam angka yang sedang tampil.",
        "code": "Enam angka",
        "continue": "Lanjut",
        "no_phone": "Ponsel tidak ada? Pakai kode cadangan",
        "start_over": "Kembali ke awal",
        "recovery_title": "Kode cadangan",
        "recovery_help": "Tulis salah satu kode cadangan yang Anda simpan. Setiap kode berlaku sekali.",
        "recovery_ask": "Tidak punya kode cadangan? Mintalah administrator kantor Anda memasang ulang pengaman kedua.",
        "recovery_code": "Kode cadangan",
        "code_used": "Kode cadangan ini baru saja dipakai. Masuklah lagi dengan kode lain.",
        "confirm_title": "Tulis kata sandi sekali lagi",
        "confirm_help": "Anda akan mengubah pengaman akun; pastikan benar Anda yang melakukannya.",
        "demo_title": "Petugas rekaan",
        "demo_help": "Hanya untuk demo. Semua memakai kata sandi yang sama.",
        "demo_code": "Kode dari aplikasi sekarang:",
        "demo_again": "kode berikutnya",
        "demo_desk_open": "Buka meja layanan",
        "demo_desk_two": (
            "Dua meja dapat terbuka bersamaan, masing-masing di jendelanya, misalnya Hasnah dan Ridwan. "
            "Bila yang kedua menggantikan yang pertama, buka di jendela privat."
        ),
        "demo_desk": "Meja layanan sebagai {name}",
        "demo_desk_on": "Lanjut ke meja layanan",
        "demo_desk_refused": (
            "Belum masuk. Kode sekali pakai mungkin baru saja terpakai; yang berikutnya ada dalam setengah menit. "
            "Akun yang terkunci atau kata sandinya sudah diganti tidak bisa dibuka dari sini."
        ),
        "demo_desk_again": "Coba lagi",
        "demo_desk_how": "Cara masuk biasa",
    },
    "en": {
        "sign_in": "Sign in",
        "sign_in_title": "Sign in to the desk",
        "sign_in_help": "Forgot your password? Ask your office's administrator for a new link.",
        "email": "E-mail address",
        "password": "Password",
        "sign_out": "Sign out",
        "sign_out_sure": "Sign out of this account?",
        "locked": "Too many wrong tries, so the account is locked for now. Wait some minutes, then try again.",
        "code_title": "Code from the app",
        "code_help": "Open the authenticator app on your phone and write the six digits it shows now.",
        "code": "Six digits",
        "continue": "Continue",
        "no_phone": "No phone at hand? Use a recovery code",
        "start_over": "Start over",
        "recovery_title": "Recovery code",
        "recovery_help": "Write one of the recovery codes you kept. Each works once.",
        "recovery_ask": "No recovery codes? Ask your office's administrator to reset your second factor.",
        "recovery_code": "Recovery code",
        "code_used": "This recovery code was used a moment ago. Sign in again with another one.",
        "confirm_title": "Write your password once more",
        "confirm_help": "You are about to change what protects the account; this makes sure it is you.",
        "demo_title": "Invented staff",
        "demo_help": "For the demo only. All have the same password.",
        "demo_code": "The app's code now:",
        "demo_again": "next code",
        "demo_desk_open": "Open the desk",
        "demo_desk_two": (
            "Two desks can be open at once, each in its window, for example Hasnah and Ridwan. "
            "Where the second takes the place of the first, open it in a private window."
        ),
        "demo_desk": "The desk as {name}",
        "demo_desk_on": "On to the desk",
        "demo_desk_refused": (
            "Not signed in. The one-time code may just have been used; the next one comes within half a minute. "
            "An account that is locked, or whose password was changed, cannot be opened from here."
        ),
        "demo_desk_again": "Try again",
        "demo_desk_how": "The ordinary way to sign in",
    },
}
