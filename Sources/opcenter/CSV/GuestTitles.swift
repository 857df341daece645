import CampaignEngine

/// What people write above the columns of their lists. Titles are compared without case, marks and
/// punctuation.
enum GuestTitles {
  /// What a column is taken for whose title is none of ours; nil for a title that says nothing here.
  static func meaning(of title: String) -> GuestColumnMeaning? { meanings[FoldedText(title)] }

  private static let meanings: [FoldedText: GuestColumnMeaning] = {
    var meanings: [FoldedText: GuestColumnMeaning] = [:]
    for (meaning, titles) in table {
      for title in titles.split(separator: ",") {
        let folded = FoldedText(String(title))
        precondition(meanings[folded] ?? meaning == meaning, "\(title) means two things")
        meanings[folded] = meaning
      }
    }
    return meanings
  }()

  /// English, Indonesian, Spanish, Portuguese, Hindi, Arabic. Nothing is here that decides whether
  /// somebody is written to: such a column is named as we name it, or with --map. Nor is there anything for
  /// the key of a guest: what stands under "ID" is mostly the number of the row, and the next list has
  /// the same numbers for others.
  private static let table: [(GuestColumnMeaning, String)] = [
    (
      .column(.attribute(.phone)),
      """
      mobile,mobile no,mobile number,mobile phone,mobile phone number,cell,cell phone,cellphone,phone no,\
      phone number,phone 1,phone 2,phone 3,telephone,telephone number,tel,tel no,whatsapp,whatsapp no,\
      whatsapp number,wa,wa no,wa number,contact no,contact number,\
      hp,no hp,nomor hp,no telp,no telepon,nomor telepon,telepon,telp,no wa,nomor wa,no whatsapp,\
      nomor whatsapp,handphone,no handphone,nomor handphone,ponsel,nomor ponsel,\
      teléfono,teléfono móvil,teléfono celular,móvil,celular,número de teléfono,número de celular,\
      número de móvil,número de whatsapp,\
      telefone,telefone celular,telemóvel,número de telefone,número de celular,número do whatsapp,\
      फोन,फ़ोन,मोबाइल,मोबाइल नंबर,मोबाइल नम्बर,फोन नंबर,फ़ोन नंबर,दूरभाष,व्हाट्सएप,व्हाट्सएप नंबर,व्हाट्सऐप,\
      هاتف,الهاتف,رقم الهاتف,جوال,الجوال,رقم الجوال,موبايل,الموبايل,رقم الموبايل,واتساب,رقم الواتساب
      """
    ),
    (
      .column(.attribute(.name)),
      """
      nama,nombre,nome,नाम,اسم,الاسم,guest,invitado,convidado,tamu,अतिथि,मेहमान,الضيف
      """
    ),
    (
      .fullName,
      """
      guest name,full name,fullname,name of guest,\
      nama tamu,nama lengkap,nama undangan,\
      nombre completo,nombre y apellidos,nombre del invitado,\
      nome completo,nome do convidado,\
      पूरा नाम,अतिथि का नाम,मेहमान का नाम,\
      الاسم الكامل,اسم الضيف
      """
    ),
    (
      .firstName,
      "first name,firstname,given name,forename,nama depan,primer nombre,primeiro nome,पहला नाम,الاسم الأول"
    ),
    (
      .lastName,
      """
      last name,lastname,surname,family name,nama belakang,nama keluarga,apellido,apellidos,sobrenome,\
      sobrenomes,apelido,उपनाम,कुलनाम,اسم العائلة,اللقب
      """
    ),
    (
      .column(.attribute(.partySize)),
      """
      pax,no of pax,no of guests,number of guests,guest count,party,seats,\
      jumlah tamu,jumlah orang,jumlah undangan,\
      número de invitados,nº de invitados,nº invitados,invitados,personas,número de personas,nº de personas,nº personas,plazas,\
      número de convidados,nº de convidados,nº convidados,convidados,pessoas,número de pessoas,nº de pessoas,nº pessoas,lugares,\
      अतिथियों की संख्या,मेहमानों की संख्या,लोगों की संख्या,\
      عدد الضيوف,عدد الأشخاص
      """
    ),
    (.column(.attribute(.language)), "lang,bahasa,idioma,língua,lengua,भाषा,اللغة,لغة"),
    (
      .column(.attribute(.category)),
      """
      group,guest group,guest category,kategori,grup,kelompok,categoría,grupo,categoria,श्रेणी,समूह,\
      الفئة,المجموعة
      """
    ),
    (.column(.known(.tags)), "tag,label,labels,etiqueta,etiquetas,टैग,الوسوم"),
    (
      .column(.attribute(.timeZone)),
      "timezone,zona waktu,zona horaria,fuso horário,समय क्षेत्र,المنطقة الزمنية"
    ),
    // What a file of refused rows has beside them.
    (.leftOut, RefusedRows.title),
  ]
}
