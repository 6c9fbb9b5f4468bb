"""The words that head the columns of a sheet, in the languages that Zoho CRM's users export and write in.

Headers of an export are translated: an Italian export of leads says "ID record" and "Lead Proprietario.id". The table has
two kinds of words. Those that Zoho CRM itself uses come from its help pages (the pages "Understand your CRM account" and
"Standard modules and fields" in German, English, Spanish, French, Portuguese, Dutch, Japanese and Chinese; a Polish and two
Turkish partners' glossaries) and from column names of real exports that people published together with their import
scripts (English: Record Id, Contact Owner.id, Converted Account.id, Connected To.id, Social Lead ID; Spanish: ID de
registro, Nombre de Cuenta.id, Propietario de Contacto; Portuguese: ID do registro, Proprietário do Lead.id, Criado Por.id,
Contato convertido.id; Italian: ID record, Creato da.id, Account convertito.id; Japanese: データID, 取引先名.id, 連絡先名.id).
The others are what people write themselves, and plain translations: Zoho shows no help in Arabic, and modules can be renamed.

Spelling does not matter here: headers and words are folded alike before they are compared (see :mod:`headers`), so capitals,
accents, the Arabic article, the Turkish dotless i and ä written as ae need no entries of their own. Left out on purpose are
words that mean two modules (customer, Kunde, cliente) and words that mean something else in another language: a French
"transaction" is a deal, an English one is a payment, so it is listed only with its French article.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """What stands in headers in one language. Each text is a list of words or phrases, separated by commas.

    ``ids`` mean an identifier, ``records`` what it identifies where no module is named ("Record Id"), ``names`` the name of
    a record, ``numbers`` some number of it. ``owners`` and their ``kin`` head columns of users, of layouts and of records
    that the row merely refers to: such a column is no end of a link. ``parents`` and ``related`` name the two ends of a
    link, ``modules_named`` and ``lists_named`` head columns that name the relation of each row. ``marks`` say which rows are
    meant. ``persons``, ``companies``, ``statuses``, ``codes`` and ``emails`` tell whose fields the other columns are, ``others``
    are further words that head columns. ``fillers`` mean nothing by themselves.
    """

    ids: str
    records: str
    names: str
    numbers: str
    owners: str
    kin: str
    parents: str
    related: str
    modules_named: str
    lists_named: str
    marks: str
    persons: str
    companies: str
    statuses: str
    codes: str
    emails: str
    others: str
    fillers: str = ""


FOREIGN = (
    "social, facebook, meta, linkedin, linked in, instagram, twitter, google, ads, mailchimp, mail chimp, hubspot, hub spot,"
    " salesforce, pipedrive, dynamics, sap, erp, external, extern, externe, externo, externa, esterno, esterna, zewnętrzny,"
    " harici, خارجي, 外部"
)
"""Words for other systems: an ID of theirs ("HubSpot Contact ID", Zoho's own "Social Lead ID") is no record ID."""

HEADER_WORDS: dict[str, LanguageWords] = {
    "en": LanguageWords(
        ids="id, ids, identifier",
        records="record, records, entity, entry, item",
        names="name, names, full name",
        numbers="number, no, num, nr",
        owners="owner, smownerid, smcreatorid, modifiedby",
        kin="created by, creator, modified by, modifier, updated by, added by, last activity by, assigned to,"
        " assignee, handled by, approved by, layout, tag, tags, territory, territories, parent account,"
        " member of, reporting to, reports to, connected to, converted, vendor, user, lead source,"
        " campaign source, author, editor, agent, approver, group, role, form, locked by, handler, caretaker",
        parents="parent",
        related="related, child, linked",
        modules_named="parent module, module, parent record module",
        lists_named="related list, list name, relatedlist, related module, child module",
        marks="delete, deleted, drop, discard, erase, remove, removed, removal, keep, action, unsubscribe, unsubscribed,"
        " unsub, unlink, delink, status, to do, todo, flag, mark, decision, opt out, opted out, exclude, include, cleanup,"
        " clean up",
        persons="first name, last name, surname, given name, family name, salutation",
        companies="company, company name",
        statuses="status",
        codes="code, unit price",
        emails="email, e mail, mail",
        others="phone, mobile, fax, city, street, country, description, date, time, type, stage, amount, member,"
        " note, notes, website, title, source, department",
        fillers="of, the, to, for, a, s, zoho, crm, all, new, old",
    ),
    "de": LanguageWords(
        ids="id, ids, kennung, identifikator",
        records="datensatz, datensätze, datensatzes, eintrag, eintrags",
        names="name, namen, bezeichnung",
        numbers="nummer, nr",
        owners="besitzer, inhaber, eigentümer, besitzers, inhabers, eigentümers, inhaberkennung",
        kin="verantwortlicher, zuständig, zuständiger, erstellt von, erstellt durch, ersteller, angelegt von,"
        " geändert von, geändert durch, bearbeitet von, letzte aktivität von, zugewiesen an, zugewiesen zu,"
        " zugeordnet zu, layout, tag, tags, gebiet, gebiete, vertriebsgebiet, übergeordnetes konto,"
        " übergeordneter account, übergeordnete firma, muttergesellschaft, konvertierter, konvertiertes,"
        " konvertierte, umgewandelter, umgewandeltes, berichtet an, vorgesetzter, verbunden mit, lieferant,"
        " anbieter, benutzer, lead quelle, kampagnenquelle, erstellers, bearbeiter, bearbeiters, gebiets,"
        " layouts, markierung, betreuer, betreuers, sachbearbeiter, benutzers, benutzerkennung,"
        " modifiziert von, schlagwort, schlagworts, genehmiger",
        parents="übergeordnet, übergeordnete, übergeordneter, übergeordnetes, eltern",
        related="zugehörig, zugehörige, zugehöriger, zugehöriges, verknüpft, verknüpfte, verknüpfter, verknüpftes",
        modules_named="modul, übergeordnetes modul, elternmodul",
        lists_named="zugehörige liste, verknüpfte liste, zugehöriges modul, verknüpftes modul, themenliste",
        marks="löschen, gelöscht, entfernen, entfernt, behalten, aktion, maßnahme, abgemeldet, abmelden, abbestellt,"
        " austragen, ausgetragen, status, trennen, kennzeichen, löschkennzeichen, markierung, erledigt, ausschließen,"
        " entscheidung",
        persons="vorname, nachname, familienname, anrede",
        companies="firma, firmenname, unternehmen",
        statuses="status",
        codes="code, stückpreis, einzelpreis",
        emails="mail",
        others="telefon, handy, mobil, mobiltelefon, ort, stadt, straße, land, beschreibung, datum, uhrzeit, typ,"
        " phase, betrag, mitglied, notiz, webseite, titel, quelle, abteilung, adresse",
        fillers="der, die, das, des, dem, den, von, vom, zum, zur, für, alle, neu, alt",
    ),
    "fr": LanguageWords(
        ids="id, ids, identifiant, identifiants",
        records="enregistrement, enregistrements, fiche",
        names="nom, noms, nom complet",
        numbers="numéro, n, no",
        owners="propriétaire, propriétaires",
        kin="créé par, créateur, modifié par, dernière activité par, attribué à, assigné à, affecté à,"
        " mise en page, présentation, disposition, balise, balises, étiquette, territoire, secteur,"
        " compte parent, compte principal, société mère, converti, convertie, rend compte à, responsable,"
        " connecté à, fournisseur, utilisateur, origine du lead, source de la campagne, auteur, étiquettes,"
        " dernière modification par, gestionnaire",
        parents="parent, parente",
        related="lié, liée, associé, associée, connexe",
        modules_named="module, module parent",
        lists_named="liste associée, liste connexe, liste liée, module lié, module associé",
        marks="supprimer, supprimé, suppression, retirer, retiré, enlever, garder, conserver, action, désabonné, désinscrit,"
        " désabonnement, désinscription, statut, état, à supprimer, exclure, marque, décision",
        persons="prénom, nom de famille, civilité",
        companies="société, entreprise, nom de la société",
        statuses="statut, état",
        codes="code, référence, prix unitaire",
        emails="e mail, courriel",
        others="téléphone, portable, ville, rue, pays, date, heure, type, étape, montant, membre, note, fonction",
        fillers="de, du, des, la, le, les, l, d, et, à, au, aux, tous, nouveau",
    ),
    "es": LanguageWords(
        ids="id, ids, identificador",
        records="registro, registros",
        names="nombre, nombres, nombre completo",
        numbers="número, n",
        owners="propietario, propietaria, dueño, titular",
        kin="creado por, creador, modificado por, última actividad de, asignado a, diseño, plantilla, etiqueta,"
        " etiquetas, territorio, territorios, cuenta principal, cuenta matriz, cuenta superior, convertido,"
        " convertida, subordinado de, informa a, depende de, conectado a, proveedor, usuario,"
        " fuente de posible cliente, fuente de campaña, responsable, autor, autora, última modificación por,"
        " disposición, encargado, encargada",
        parents="padre, principal, superior",
        related="relacionado, relacionada, vinculado, vinculada, asociado, asociada",
        modules_named="módulo, módulo principal, módulo padre",
        lists_named="lista relacionada, módulo relacionado",
        marks="eliminar, eliminado, borrar, borrado, quitar, mantener, conservar, acción, baja, cancelado, dado de baja,"
        " estado, desuscrito, excluir, marca, decisión",
        persons="apellido, apellidos, tratamiento, nombre de pila, saludo",
        companies="empresa, compañía",
        statuses="estado",
        codes="código, precio unitario",
        emails="correo electrónico, correo",
        others="teléfono, móvil, ciudad, calle, país, fecha, hora, tipo, fase, importe, miembro, nota",
        fillers="de, del, la, el, los, las, y, todos, nuevo",
    ),
    "pt": LanguageWords(
        ids="id, ids, identificador, identificação",
        records="registro, registros, registo, registos",
        names="nome, nomes, nome completo",
        numbers="número, n",
        owners="proprietário, dono, titular",
        kin="criado por, criador, modificado por, alterado por, última atividade de, atribuído a, layout,"
        " etiqueta, etiquetas, marcador, território, territórios, conta principal, conta pai, conta mãe,"
        " convertido, convertida, reportando se a, conectado a, fornecedor, usuário, utilizador,"
        " fonte do lead, origem da campanha, responsável, autor, autora, última modificação por, marca,"
        " disposição, região",
        parents="pai, principal",
        related="relacionado, relacionada, vinculado, vinculada, associado, associada",
        modules_named="módulo, módulo principal, módulo pai",
        lists_named="lista relacionada, módulo relacionado",
        marks="excluir, excluído, apagar, remover, removido, manter, ação, descadastrado, cancelado,"
        " cancelamento de inscrição, status, estado, situação, marca, decisão",
        persons="sobrenome, apelido, primeiro nome, último nome, saudação",
        companies="empresa, companhia",
        statuses="status, estado, situação",
        codes="código, preço unitário",
        emails="e mail",
        others="telefone, celular, telemóvel, cidade, rua, país, data, hora, tipo, estágio, valor, membro, nota",
        fillers="de, do, da, dos, das, o, a, os, as, e, todos, novo",
    ),
    "nl": LanguageWords(
        ids="id, ids, identificatie",
        records="record, records",
        names="naam, namen",
        numbers="nummer, nr",
        owners="eigenaar, eigenaars, eigenaarnummer",
        kin="gemaakt door, aangemaakt door, gewijzigd door, aangepast door, bewerkt door, laatste activiteit door,"
        " toegewezen aan, lay out, label, labels, tag, regio, gebied, bovenliggend account, hoofdaccount,"
        " geconverteerd, geconverteerde, rapporteert aan, verbonden met, leverancier, gebruiker, leadbron,"
        " campagnebron, maker, auteur, behandelaar, verantwoordelijke, gebieds, gebruikers",
        parents="bovenliggend, bovenliggende",
        related="gerelateerd, gerelateerde, gekoppeld, gekoppelde",
        modules_named="module, bovenliggende module",
        lists_named="gerelateerde lijst, gerelateerde module",
        marks="verwijderen, verwijderd, wissen, behouden, bewaren, actie, afgemeld, uitgeschreven, uitschrijven, status,"
        " ontkoppelen, markering, besluit",
        persons="voornaam, achternaam, aanhef",
        companies="bedrijf, bedrijfsnaam",
        statuses="status",
        codes="code, stuksprijs, eenheidsprijs",
        emails="email, e mail",
        others="telefoon, mobiel, plaats, stad, straat, land, datum, tijd, type, fase, bedrag, lid, notitie",
        fillers="van, de, het, een, alle, nieuw",
    ),
    "it": LanguageWords(
        ids="id, ids, identificativo, identificatore",
        records="record",
        names="nome, nomi, nome completo",
        numbers="numero, n",
        owners="proprietario, titolare",
        kin="creato da, creatore, modificato da, ultima attività di, assegnato a, layout, etichetta, etichette,"
        " tag, territorio, territori, account principale, account padre, account superiore, convertito,"
        " convertita, riporta a, collegato a, fornitore, utente, origine lead, origine campagna, responsabile,"
        " autore, modificato di, ultima modifica di, zona, assegnatario",
        parents="padre, principale",
        related="correlato, correlata, collegato, collegata, associato, associata",
        modules_named="modulo, modulo padre, modulo principale",
        lists_named="elenco correlato, lista correlata, modulo correlato",
        marks="elimina, eliminare, eliminato, cancella, cancellare, cancellato, rimuovi, rimuovere, rimosso, mantieni,"
        " mantenere, tenere, azione, disiscritto, annullato, stato, escludere, decisione",
        persons="cognome, saluti, titolo di cortesia",
        companies="azienda, società, ragione sociale",
        statuses="stato",
        codes="codice, prezzo unitario",
        emails="email, e mail",
        others="telefono, cellulare, città, via, paese, data, ora, tipo, fase, importo, membro, nota",
        fillers="di, del, della, dello, dei, delle, il, la, e, tutti, nuovo",
    ),
    "ja": LanguageWords(
        ids="ID, 識別子",
        records="データ, レコード",
        names="名, 名前, 氏名, 名称",
        numbers="番号, No",
        owners="担当者, 所有者, オーナー, 責任者",
        kin="作成者, 更新者, 最終更新者, 変更者, 最終操作者, 割り当て先, レイアウト, タグ, テリトリー, 担当地域,"
        " 親取引先, 上司, 報告先, 変換, 変換済み, 仕入先, ユーザー, データ元,"
        " 接続先, 登録者, 営業担当, 地域, 編集者, ラベル",
        parents="親",
        related="関連, 子",
        modules_named="タブ, モジュール, 親タブ, 親モジュール",
        lists_named="関連リスト, 関連タブ, 関連モジュール",
        marks="削除, 解除, 残す, 保持, 操作, アクション, 配信停止, 退会, ステータス, 状態, 対象, 対象外, 除外",
        persons="姓, 敬称",
        companies="会社, 会社名",
        statuses="ステータス, 状態",
        codes="コード, 単価",
        emails="メール, メールアドレス",
        others="電話, 電話番号, 携帯電話, 住所, 都道府県, 市区町村, 日, 日時, 種類, ステージ, 金額, メモ",
        fillers="の",
    ),
    "zh": LanguageWords(
        ids="ID, 标识, 标识符, 標識, 識別碼",
        records="记录, 数据, 記錄, 紀錄, 資料, 數據",
        names="名, 名称, 名字, 姓名, 名稱",
        numbers="编号, 号码, 編號, 號碼",
        owners="所有者, 拥有者, 负责人, 擁有者, 負責人, 所有人, 归属人, 擁有人",
        kin="创建者, 创建人, 修改者, 修改人, 最后活动, 分配给, 布局, 标签, 区域, 地区, 上级客户, 父客户, 母公司,"
        " 转换, 已转换, 汇报对象, 供应商, 用户, 线索来源, 建立者,"
        " 建立人, 修改人員, 指派給, 版面配置, 版面, 標籤, 區域, 地區, 上層客戶, 父客戶, 上級客戶, 已轉換,"
        " 轉換, 供應商, 使用者, 來源, 编辑者, 更改者, 地域",
        parents="父, 上级, 上級, 主",
        related="相关, 关联, 相關, 關聯, 子",
        modules_named="模块, 父模块, 模組, 父模組",
        lists_named="相关列表, 关联列表, 相关模块, 相關清單, 相關列表, 相關模組",
        marks="删除, 移除, 保留, 操作, 动作, 退订, 取消订阅, 状态, 标记, 刪除, 動作, 退訂, 取消訂閱, 狀態, 標記, 排除",
        persons="姓, 姓氏, 称谓, 稱謂",
        companies="公司, 公司名称, 公司名稱",
        statuses="状态, 狀態",
        codes="代码, 代碼, 单价, 單價",
        emails="邮箱, 邮件, 電子郵件",
        others="电话, 手机, 城市, 街道, 国家, 日期, 时间, 类型, 阶段, 金额, 電話, 手機, 國家, 時間, 備註, 备注",
        fillers="的, 之",
    ),
    "ar": LanguageWords(
        ids="معرف, معرفات, هوية",
        records="سجل, سجلات",
        names="اسم, أسماء",
        numbers="رقم",
        owners="مالك, صاحب, مسؤول, مالكين",
        kin="أنشئ بواسطة, تم الإنشاء بواسطة, تم إنشاؤه بواسطة, منشئ, عدل بواسطة, تم التعديل بواسطة,"
        " تم تعديله بواسطة, مسند إلى, معين إلى, تخطيط, علامة, علامات, وسم, منطقة, إقليم, حساب رئيسي,"
        " حساب أصلي, حساب أم, محول, يتبع, مورد, مستخدم, معدل, وسوم, إنشاء من قبل, تم الإنشاء من قبل, مؤلف",
        parents="رئيسي, أصلي, أم",
        related="مرتبط, مرتبطة, ذات صلة",
        modules_named="وحدة, وحدة نمطية, وحدة رئيسية",
        lists_named="قائمة مرتبطة, قائمة ذات صلة, وحدة مرتبطة",
        marks="حذف, إزالة, احتفاظ, إبقاء, إجراء, إلغاء اشتراك, إلغاء الاشتراك, ملغي, حالة, استبعاد",
        persons="اسم أول, اسم أخير, اسم العائلة, لقب",
        companies="شركة, اسم شركة",
        statuses="حالة",
        codes="رمز, سعر وحدة",
        emails="بريد إلكتروني",
        others="هاتف, جوال, مدينة, شارع, بلد, تاريخ, وقت, نوع, مرحلة, مبلغ, ملاحظة",
        fillers="من, في, و",
    ),
    "tr": LanguageWords(
        ids="id, kimlik, kimliği, kimlik no, tanımlayıcı",
        records="kayıt, kaydı, kayıtlar",
        names="ad, adı, isim, ismi",
        numbers="numara, numarası, no",
        owners="sahibi, sahip, sahibinin, temsilci, temsilcisi",
        kin="oluşturan, ekleyen, değiştiren, düzenleyen, son değiştiren, güncelleyen, atanan, atanan kişi, düzen,"
        " yerleşim, etiket, etiketler, bölge, bölgeler, üst hesap, ana hesap, ana firma, dönüştürülen,"
        " dönüştürülmüş, bağlı olduğu, tedarikçi, satıcı, kullanıcı, müşteri adayı kaynağı, kampanya kaynağı,"
        " sorumlu, oluşturanın, etiketin, yaratan",
        parents="üst, ana",
        related="ilişkili, bağlı",
        modules_named="modül, üst modül, ana modül",
        lists_named="ilişkili liste, ilgili liste, ilişkili modül",
        marks="sil, silinecek, silindi, kaldır, kaldırılacak, tut, sakla, kalsın, işlem, eylem, abonelikten çıktı,"
        " aboneliği iptal, durum, durumu, hariç",
        persons="soyad, soyadı, hitap",
        companies="şirket, şirket adı",
        statuses="durum, durumu",
        codes="kod, kodu, birim fiyat",
        emails="e posta, eposta",
        others="telefon, cep telefonu, şehir, sokak, ülke, tarih, saat, tür, aşama, tutar, üye, not",
        fillers="si, nin, nın, ve, tüm, yeni",
    ),
    "pl": LanguageWords(
        ids="id, identyfikator, identyfikatory",
        records="rekord, rekordu, rekordy, wpis, wpisu",
        names="nazwa, nazwy, imię i nazwisko",
        numbers="numer, nr",
        owners="właściciel, właściciela, właścicielem",
        kin="opiekun, utworzone przez, utworzony przez, utworzył, twórca, zmodyfikowane przez,"
        " zmodyfikowany przez, modyfikowany przez, zmodyfikował, zmienione przez, przypisane do,"
        " przypisany do, układ, tag, tagi, znacznik, etykieta, terytorium, region, konto nadrzędne,"
        " firma nadrzędna, przekonwertowany, przekonwertowane, przekonwertowana, podlega, dostawca,"
        " użytkownik, źródło leada, źródło kampanii, twórcy, autor, autora, użytkownika, układu, znacznika,"
        " tagu, etykiety, stworzone przez, dodane przez, obszar, obszaru",
        parents="nadrzędny, nadrzędna, nadrzędne, nadrzędnego",
        related="powiązany, powiązana, powiązane, powiązanego, podrzędny, podrzędne",
        modules_named="moduł, moduł nadrzędny",
        lists_named="powiązana lista, lista powiązana, powiązany moduł",
        marks="usuń, usunąć, usunięto, do usunięcia, skasuj, zostaw, zachowaj, zostawić, akcja, działanie, wypisany,"
        " rezygnacja, status, odłącz, wyklucz, decyzja",
        persons="imię, nazwisko",
        companies="firma, nazwa firmy",
        statuses="status",
        codes="kod, cena jednostkowa",
        emails="email, e mail",
        others="telefon, komórka, miasto, ulica, kraj, data, godzina, typ, etap, kwota, członek, notatka",
        fillers="i, do, z, ze, dla, wszystkie, nowy",
    ),
}
"""The words by language, named by its code. "zh" has the simplified and the traditional spelling of each word."""
