"""The text of consent to be contacted after supervision has ended, as it came in force."""

CONTACT_ID = """# Ini tentang apa
Masa bimbingan Anda berakhir atau akan berakhir. Sesudah hari itu Anda tidak wajib lapor lagi, dan kami tidak menghubungi Anda, kecuali Anda mau. Surat ini menanyakan hal itu: bolehkah Pembimbing Kemasyarakatan menghubungi Anda untuk bertanya apakah usaha Anda berjalan dan bantuan apa yang diperlukan?

# Anda bebas memilih
Ya atau tidak sama baiknya, dan boleh berubah kapan saja. Tidak ada untung dan tidak ada rugi, juga tidak untuk remisi. Bantuan yang sudah Anda terima tetap milik Anda.

# Dasar hukumnya
Hanya kesediaan Anda: UU 27/2022 Pasal 20 sampai 24.

# Data apa, untuk apa
Nomor telepon, kabupaten atau kota, keadaan usaha, dan bantuan yang diperlukan. Gunanya hanya mendampingi usaha Anda. Tidak dibagikan kepada siapa pun tanpa surat lain.

# Berapa lama
Sampai dua tahun sesudah bebas, lalu tidak ditanyakan lagi. Surat ini disimpan paling lama lima tahun sesudah berakhir.

# Hak Anda
Melihat, memperbaiki, menghapus, dan mendapat salinan data itu; bertanya siapa yang membukanya.

# Menarik kembali
Katakan kepada Pembimbing Kemasyarakatan, dengan mulut atau tulisan. Alasannya tidak ditanyakan. Sejak hari itu Anda tidak dihubungi lagi."""

CONTACT_EN = """# What this is about
Your supervision has ended or is about to end. From that day on you no longer report, and we do not contact you unless you wish it. This paper asks about that: may your probation counsellor contact you to ask whether your trade goes on and which help you need?

# You are free to choose
Yes and no are equally good, and you may change your mind at any time. There is no advantage and no disadvantage, also not for remission. Help that you have received stays yours.

# On which law it rests
Only your consent: Law 27/2022, articles 20 to 24.

# Which data, and what for
Telephone number, regency or city, how your trade is doing, and which help is needed. They serve only to support your trade. They are shared with nobody without another paper.

# How long
Until two years after release, then nothing more is asked. This paper is kept for at most five years after it has ended.

# Your rights
To see, correct, erase and have a copy of these data; to ask who opened them.

# To take it back
Tell your probation counsellor, in words or in writing. You will not be asked why. From that day you are not contacted any more."""

TEXTS = {("contact", "id"): CONTACT_ID, ("contact", "en"): CONTACT_EN}
