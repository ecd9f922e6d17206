"""The first texts of consent, frozen as they came in force; what UU 27/2022 art. 21-24 asks for."""

WORK_ID = """# Ini tentang apa
Kami mengajak Bapak, Ibu, atau Saudara bekerja di bengkel. Hasilnya dijual, dan bagian Anda dari hasil jualan dicatat sebagai premi milik Anda. Surat ini hanya tentang bekerja. Disebut sebagai pembuat, membagikan data sesudah bebas, dan menerima pesan pembeli ditanyakan dengan surat lain; boleh ya, boleh tidak, satu per satu.

# Anda bebas memilih
Anda boleh berkata ya, boleh berkata tidak, dan boleh berubah pikiran kapan saja. Apa pun pilihannya, tidak ada untung dan tidak ada rugi dalam perlakuan, makanan, kamar, kunjungan, pembinaan lain, atau hukuman; juga tidak untuk remisi.

# Dasar hukumnya
UU 22/2022 tentang Pemasyarakatan menjamin keselamatan kerja dan upah atau premi. UU 27/2022 tentang Pelindungan Data Pribadi mengatur data Anda. Kerja dicatat sebagai tugas negara; kesediaan Anda kami minta karena bekerja di sini harus sukarela.

# Data apa yang dicatat, untuk apa
Nomor kerja, nama samaran, hari dan jam bekerja, hasil kerja, surat sehat (layak atau belum, dan apa yang dihindari; bukan penyakitnya), dan premi. Gunanya: mengatur kerja yang aman, menghitung premi, dan mencetak slip Anda. Nama Anda tidak dicetak di barang dan tidak dibaca pembeli.

# Berapa lama disimpan
Catatan kerja dan premi disimpan sepuluh tahun seperti buku keuangan lainnya. Surat ini disimpan selama Anda bekerja dan paling lama lima tahun sesudahnya.

# Hak Anda
Paling lama delapan jam sehari, empat puluh jam sepekan, dan satu hari istirahat dalam sepekan. Premi yang sudah menjadi hak Anda tetap milik Anda. Anda boleh meminta salinan data, meminta perbaikan, bertanya siapa yang membukanya, dan mengajukan keberatan.

# Berhenti
Cukup katakan kepada petugas, dengan mulut atau tulisan. Alasannya tidak ditanyakan. Mulai hari itu Anda tidak masuk daftar kerja lagi, premi yang sudah diperoleh tetap Anda terima, dan Anda mendapat surat tanda berhenti."""

WORK_EN = """# What this is about
We invite you to work in a workshop. What is made is sold, and your part of the proceeds is recorded as your premi. This paper is about working only. Being mentioned as a maker, sharing data after release and receiving buyers' messages are asked on papers of their own; you may say yes or no to each.

# You are free to choose
You may say yes, you may say no, and you may change your mind at any time. Whatever you choose, there is no advantage and no disadvantage in how you are treated, in food, room, visits, other programmes or punishment; also not for remission.

# On which law it rests
Law 22/2022 on corrections guarantees safety at work and pay or premi. Law 27/2022 on the protection of personal data governs your data. Work is recorded as a public task; we ask for your consent because working here must be voluntary.

# Which data, and what for
Work number, pseudonym, days and hours of work, what you made, the fitness certificate (fit or not yet, and what to avoid; never the illness), and premi. They serve to arrange safe work, to reckon the premi and to print your slip. Your name is not printed on goods and no buyer reads it.

# How long it is kept
Records of work and premi are kept for ten years, like other books of money. This paper is kept while you work and at most five years after.

# Your rights
At most eight hours a day, forty hours a week, and one day of rest in a week. Premi that has become yours stays yours. You may ask for a copy of your data, ask to have it corrected, ask who opened it, and object.

# To stop
Tell an officer, in words or in writing. You will not be asked why. From that day you no longer stand on the work list, premi already earned is still paid to you, and you are given a paper that says you have stopped."""

PUBLICITY_ID = """# Ini tentang apa
Kami ingin menyebut Anda sebagai pembuat satu barang, di satu tempat saja, sampai tanggal yang tertulis di bawah: dengan sebutan yang Anda pilih sendiri, misalnya nama kelompok. Nama asli, umur, perkara, hukuman, nomor register, desa, dan wajah Anda tidak akan ditampilkan.

# Anda bebas memilih
Ya atau tidak sama baiknya, dan boleh berubah kapan saja. Tidak ada untung dan tidak ada rugi, juga tidak untuk remisi. Pekerjaan, premi, dan hak lain Anda tidak berubah sedikit pun.

# Dasar hukumnya
Hanya kesediaan Anda: UU 27/2022 Pasal 20 sampai 24. Tanpa tanda tangan atau cap jempol Anda, tidak ada yang ditampilkan.

# Data apa yang ditampilkan, untuk apa
Sebutan pilihan Anda dan, bila Anda mau, foto tangan atau barang. Gunanya: pembeli tahu barang ini dibuat orang, bukan mesin. Internet dibaca siapa saja; orang lain dapat menyalin apa yang sempat tampil.

# Berapa lama
Sampai tanggal yang tertulis. Sesudah itu hilang sendiri dan baru tampil lagi bila Anda bersedia lagi. Surat ini disimpan paling lama lima tahun sesudah berakhir.

# Hak Anda
Melihat dulu apa yang akan ditampilkan, meminta perbaikan, meminta salinan, dan sesudah bebas meminta halaman bersih: sebutan Anda tidak pernah dipakai lagi.

# Menarik kembali
Cukup katakan kepada petugas. Alasannya tidak ditanyakan. Sebutan dan foto hilang dari semua halaman kami dalam satu menit, dan Anda mendapat surat tandanya."""

PUBLICITY_EN = """# What this is about
We would like to mention you as the maker of one product, in one place only, until the date written below: under a label that you choose, such as the name of a group. Your real name, age, case, sentence, register number, village and face will not be shown.

# You are free to choose
Yes and no are equally good, and you may change your mind at any time. There is no advantage and no disadvantage, also not for remission. Your work, your premi and your other rights do not change at all.

# On which law it rests
On your consent alone: Law 27/2022, articles 20 to 24. Without your signature or thumbprint nothing is shown.

# Which data, and what for
The label you choose and, if you wish, a photo of hands or goods. So that buyers know that a person made this, not a machine. Anybody reads the internet; others can copy what has once been shown.

# How long
Until the date written. After that it disappears by itself and is shown again only if you consent again. This paper is kept at most five years after it ends.

# Your rights
To see beforehand what will be shown, to have it corrected, to have a copy, and after release to ask for a clean page: your label is never used again.

# To take it back
Tell an officer. You will not be asked why. Label and photo disappear from all our pages within a minute, and you are given a paper that says so."""

DATA_ID = """# Ini tentang apa
Sesudah bebas, Kementerian UMKM dan dinas di daerah Anda dapat membantu: pelatihan, alat, izin usaha, dan pembeli. Supaya mereka dapat menghubungi Anda, data Anda perlu dibagikan kepada mereka.

# Anda bebas memilih
Boleh ya, boleh tidak, boleh berubah kapan saja. Tidak ada untung dan tidak ada rugi, juga tidak untuk remisi. Tanpa surat ini mereka hanya menerima angka, tidak pernah orangnya.

# Dasar hukumnya
Hanya kesediaan Anda: UU 27/2022 Pasal 20 sampai 24.

# Data apa, untuk apa
Nama, cara menghubungi, kabupaten atau kota, bidang keterampilan, dan sertifikat pelatihan. Bukan perkara, hukuman, atau kesehatan. Gunanya hanya mendampingi usaha Anda.

# Berapa lama
Dua tahun sesudah bebas, lalu dihapus dari catatan pendampingan. Surat ini disimpan paling lama lima tahun sesudah berakhir.

# Hak Anda
Melihat, memperbaiki, menghapus, dan mendapat salinan data itu; bertanya kepada siapa saja data dibagikan.

# Menarik kembali
Katakan kepada petugas atau Pembimbing Kemasyarakatan. Alasannya tidak ditanyakan. Sejak hari itu data tidak dibagikan lagi, dan penerimanya diminta menghapus."""

DATA_EN = """# What this is about
After release the ministry for micro businesses and the office in your district can help: with training, tools, permits and buyers. For them to reach you, your data has to be shared with them.

# You are free to choose
You may say yes or no, and change your mind at any time. There is no advantage and no disadvantage, also not for remission. Without this paper they receive figures only, never a person.

# On which law it rests
On your consent alone: Law 27/2022, articles 20 to 24.

# Which data, and what for
Name, how to reach you, regency or city, your trade, and certificates of training. Not your case, sentence or health. Only to support your own business.

# How long
Two years after release, then it is erased from the records of support. This paper is kept at most five years after it ends.

# Your rights
To see, correct, erase and have a copy of that data; to ask with whom it was shared.

# To take it back
Tell an officer or your probation counsellor. You will not be asked why. From that day the data is no longer shared, and those who received it are asked to erase it."""

MESSAGES_ID = """# Ini tentang apa
Pembeli kadang ingin menyampaikan terima kasih. Bila Anda mau, pesan itu dibaca petugas lebih dulu, dicetak, lalu diberikan kepada Anda. Pembeli tidak tahu siapa Anda, dan tidak ada balasan.

# Anda bebas memilih
Boleh ya, boleh tidak, boleh berubah kapan saja. Tidak ada untung dan tidak ada rugi, juga tidak untuk remisi.

# Dasar hukumnya
Hanya kesediaan Anda: UU 27/2022 Pasal 20 sampai 24.

# Data apa, untuk apa
Hanya isi pesan dan barang yang dibeli. Nama, alamat, dan nomor telepon pembeli dihapus sebelum Anda menerimanya; data Anda tidak diberikan kepada pembeli.

# Berapa lama
Pesan dihapus sembilan puluh hari sesudah diberikan. Surat ini disimpan paling lama lima tahun sesudah berakhir.

# Hak Anda
Menolak satu pesan, meminta salinan, dan mengajukan keberatan.

# Menarik kembali
Katakan kepada petugas. Alasannya tidak ditanyakan. Sejak hari itu tidak ada pesan lagi."""

MESSAGES_EN = """# What this is about
Buyers sometimes wish to say thank you. If you like, an officer reads such a message first, prints it and gives it to you. The buyer does not know who you are, and there is no reply.

# You are free to choose
You may say yes or no, and change your mind at any time. There is no advantage and no disadvantage, also not for remission.

# On which law it rests
On your consent alone: Law 27/2022, articles 20 to 24.

# Which data, and what for
Only the words of the message and the product bought. The buyer's name, address and telephone number are removed before you receive it; nothing about you is given to the buyer.

# How long
A message is erased ninety days after it was handed over. This paper is kept at most five years after it ends.

# Your rights
To decline a message, to have a copy, and to object.

# To take it back
Tell an officer. You will not be asked why. From that day there are no more messages."""

TEXTS = {
    ("work", "id"): WORK_ID,
    ("work", "en"): WORK_EN,
    ("publicity", "id"): PUBLICITY_ID,
    ("publicity", "en"): PUBLICITY_EN,
    ("data", "id"): DATA_ID,
    ("data", "en"): DATA_EN,
    ("messages", "id"): MESSAGES_ID,
    ("messages", "en"): MESSAGES_EN,
}
