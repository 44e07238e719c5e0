"""WhatsApp's day for free text: how long it is open, and answers that wait when it is over."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "window_open": "Bisa dibalas sampai {time} ({left} lagi)",
        "window_soon": "Tinggal {left}. Sesudah {time} balasan menunggu warga menulis.",
        "window_closed": "WhatsApp tidak mengantar balasan sekarang: sudah lewat 24 jam.",
        "window_closed_help": "Tulis saja: balasan disimpan dan terkirim begitu warga menulis lagi.",
        "reply_hint_closed": "Tulis balasan; disimpan sampai warga menulis",
        "park": "Simpan",
        "park_and_tell": "Simpan dan beri tahu warga",
        "tell": "Beri tahu warga",
        "tell_help": "Yang diberi tahu mendapat pesan singkat; sejak itu gilirannya, dan batas waktu berhenti.",
        "told_already": "Warga sudah diberi tahu {time}; bisa lagi {next}.",
        "tell_missing": (
            "Warga belum bisa diberi tahu: pesannya belum disetujui WhatsApp. Yang bisa mengurus: {names}. "
            "Batas waktu tetap berjalan; bila mendesak, telepon."
        ),
        "tell_missing_nobody": (
            "Warga belum bisa diberi tahu: pesannya belum disetujui WhatsApp. "
            "Yang bisa mengurus: administrator kantor. Batas waktu tetap berjalan; bila mendesak, telepon."
        ),
        "parked": "Menunggu warga menulis",
        "parked_since": "disimpan {time}",
        "parked_ended": "Tiketnya sudah selesai; balasan ini tetap terkirim saat warga menulis lagi, kecuali ditarik.",
        "withdraw": "Tarik kembali",
        "refused_window": (
            "Belum dikirim: sudah lewat 24 jam sejak warga terakhir menulis, dan WhatsApp tidak mengantarnya. "
            "Simpan sampai warga menulis lagi? Tulisan Anda masih di sini."
        ),
        "refused_left": "Tidak bisa ditarik: warga sudah menulis lagi, dan balasan ini sudah terkirim.",
        "refused_told": (
            "Belum disimpan: warga sudah diberi tahu dalam 24 jam terakhir. "
            "Simpan saja, tanpa memberi tahu lagi. Tulisan Anda masih di sini."
        ),
        "refused_not_approved": (
            "Belum disimpan: pesan “ada balasan” tidak lagi disetujui WhatsApp. "
            "Simpan saja, tanpa memberi tahu. Tulisan Anda masih di sini."
        ),
    },
    "en": {
        "window_open": "Replies arrive until {time} ({left} left)",
        "window_soon": "{left} left. After {time} replies wait for the citizen to write.",
        "window_closed": "WhatsApp delivers no reply now: 24 hours are over.",
        "window_closed_help": "Write all the same: the reply is kept, and leaves as soon as the citizen writes again.",
        "reply_hint_closed": "Write a reply; it is kept until the citizen writes",
        "park": "Keep",
        "park_and_tell": "Keep and tell the citizen",
        "tell": "Tell the citizen",
        "tell_help": "Once told, by a short message, it is the citizen's turn, and deadlines stop.",
        "told_already": "The citizen was told {time}; again {next}.",
        "tell_missing": (
            "The citizen cannot be told yet: WhatsApp has not approved the message. Who can see to it: {names}. "
            "Deadlines go on; telephone if it is urgent."
        ),
        "tell_missing_nobody": (
            "The citizen cannot be told yet: WhatsApp has not approved the message. Who can see to it: the office's "
            "administrator. Deadlines go on; telephone if it is urgent."
        ),
        "parked": "Waiting for the citizen to write",
        "parked_since": "kept {time}",
        "parked_ended": "The ticket has ended; this reply still leaves when the citizen writes, unless withdrawn.",
        "withdraw": "Withdraw",
        "refused_window": (
            "Not sent: the citizen last wrote more than 24 hours ago, and WhatsApp would not deliver it. "
            "Keep it until they write again? What you wrote is still here."
        ),
        "refused_left": "Cannot be withdrawn: the citizen has written again, and this reply has left.",
        "refused_told": (
            "Not kept: the citizen was told within the last 24 hours. "
            "Keep it without telling them again. What you wrote is still here."
        ),
        "refused_not_approved": (
            "Not kept: WhatsApp no longer approves the message “a reply waits”. "
            "Keep it without telling them. What you wrote is still here."
        ),
    },
}
