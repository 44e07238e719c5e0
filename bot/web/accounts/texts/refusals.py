"""What cannot be done, and why."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "refused_email": "Alamat e-mail tidak lengkap.",
        "refused_name": "Tulis nama lengkapnya.",
        "refused_role": "Pilih perannya.",
        "refused_already_here": "Orang ini sudah bertugas di kantor ini.",
        "refused_yourself": "Peran dan keanggotaan Anda sendiri diubah oleh administrator lain.",
        "refused_number": "Nomor WhatsApp tidak lengkap. Contoh: 0811 0000 0001.",
        "refused_number_taken": "Nomor ini sudah dipakai petugas lain di kantor ini.",
        "refused_dates": "Periksa tanggalnya: hari terakhir tidak boleh sebelum hari pertama atau sudah lewat.",
        "refused_days": "Hari bertugas tidak terbaca.",
        "forbidden": "Halaman ini bukan untuk peran Anda di kantor ini.",
        "not_found": "Halaman ini tidak ada.",
        "too_many": "Terlalu banyak percobaan dari sini. Tunggu satu menit, lalu coba lagi.",
        "form_old": "Halaman ini terlalu lama terbuka. Buka lagi, lalu ulangi; belum ada yang berubah.",
        "refused_title": "Tidak bisa dibuka",
        "to_start": "Ke halaman awal",
    },
    "en": {
        "refused_email": "The e-mail address is not complete.",
        "refused_name": "Write the full name.",
        "refused_role": "Choose the role.",
        "refused_already_here": "This person serves in this office already.",
        "refused_yourself": "Another administrator changes your own role and membership.",
        "refused_number": "The WhatsApp number is not complete. Example: 0811 0000 0001.",
        "refused_number_taken": "Another colleague in this office has this number.",
        "refused_dates": "Check the dates: the last day may be neither before the first nor in the past.",
        "refused_days": "The days could not be read.",
        "forbidden": "This page is not for your role in this office.",
        "not_found": "There is no such page.",
        "too_many": "Too many tries from here. Wait a minute, then try again.",
        "form_old": "This page was open for too long. Open it again and repeat; nothing was changed yet.",
        "refused_title": "Cannot be opened",
        "to_start": "To the first page",
    },
}
