"""WhatsApp's day for free text: how long it is open, and answers that wait when it is over."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "window_open": "Bisa dibalas sampai {time} ({left} lagi)",
        "window_soon": "Tinggal {left}: sesudah {time} balasan baru sampai setelah warga menulis lagi",
        "window_closed": "WhatsApp tidak mengantar balasan sekarang: warga terakhir menulis lebih dari 24 jam lalu.",
        "window_closed_help": (
            "Tulis saja. Balasan disimpan dan terkirim sebagai yang pertama begitu warga menulis lagi. "
            "Batas waktu tetap berjalan; bila mendesak, telepon."
        ),
        "reply_hint_closed": "Tulis balasan; disimpan sampai warga menulis",
        "park": "Simpan",
        "park_and_tell": "Simpan dan beri tahu warga",
        "tell": "Beri tahu warga",
        "tell_help": "Warga mendapat pesan singkat bahwa ada balasan. Sejak itu giliran warga: batas waktu berhenti.",
        "told_already": "Warga sudah diberi tahu {time}. Paling banyak sekali sehari: bisa lagi {next}.",
        "tell_missing": (
            "Warga belum bisa diberi tahu: pesan “ada balasan” belum disetujui WhatsApp untuk kantor ini. "
            "Yang bisa mengurusnya: {names}."
        ),
        "tell_missing_nobody": (
            "Warga belum bisa diberi tahu: pesan “ada balasan” belum disetujui WhatsApp untuk kantor ini. "
            "Yang bisa mengurusnya: administrator kantor."
        ),
        "parked": "Menunggu warga menulis",
        "parked_since": "disimpan {time}",
        "parked_ended": "Tiketnya sudah selesai; balasan ini tetap terkirim saat warga menulis lagi, kecuali ditarik.",
        "withdraw": "Tarik kembali",
        "withdraw_whom": "Tarik kembali balasan {name}",
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
        "window_soon": "Only {left} left: after {time} a reply arrives only when the citizen has written again",
        "window_closed": "WhatsApp delivers no reply now: the citizen last wrote more than 24 hours ago.",
        "window_closed_help": (
            "Write all the same. The reply is kept and leaves first as soon as the citizen writes again. "
            "Deadlines go on; telephone if it is urgent."
        ),
        "reply_hint_closed": "Write a reply; it is kept until the citizen writes",
        "park": "Keep",
        "park_and_tell": "Keep and tell the citizen",
        "tell": "Tell the citizen",
        "tell_help": "The citizen gets a short message that a reply waits. Then it is their turn: deadlines stop.",
        "told_already": "The citizen was told {time}. Once a day at most: again {next}.",
        "tell_missing": (
            "The citizen cannot be told yet: WhatsApp has not approved the message “a reply waits” for this office. "
            "Who can get it approved: {names}."
        ),
        "tell_missing_nobody": (
            "The citizen cannot be told yet: WhatsApp has not approved the message “a reply waits” for this office. "
            "Who can get it approved: the office's administrator."
        ),
        "parked": "Waiting for the citizen to write",
        "parked_since": "kept {time}",
        "parked_ended": "The ticket has ended; this reply still leaves when the citizen writes, unless withdrawn.",
        "withdraw": "Withdraw",
        "withdraw_whom": "Withdraw the reply of {name}",
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
