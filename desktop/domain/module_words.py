"""What people call the modules of Zoho CRM, in the languages of its users; where the words come from is told in
:mod:`header_words`.

Singular and plural stand side by side, with the cases that headers need ("ID kampanii", "ID des Kontakts").
"""

MODULE_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "Leads": "lead, leads, prospect, prospects",
        "Contacts": "contact, contacts, contact person",
        "Accounts": "account, accounts",
        "Deals": "deal, deals, potential, potentials, opportunity, opportunities",
        "Campaigns": "campaign, campaigns",
        "Products": "product, products",
        "Price_Books": "price book, price books, pricebook, pricebooks, price list, price lists",
        "Appointments__s": "appointment, appointments",
        "Services__s": "service, services",
    },
    "de": {
        "Leads": "lead, leads, interessent, interessenten, interessentin",
        "Contacts": "kontakt, kontakte, kontakts, kontaktes, kontakten, kontaktperson, kontaktpersonen, ansprechpartner,"
        " ansprechpartnerin",
        "Accounts": "konto, konten, kontos, account, accounts, firma, firmen, unternehmen, unternehmens",
        "Deals": "deal, deals, abschluss, abschlüsse, geschäftsabschluss, geschäftsabschlüsse, geschäft, geschäfte,"
        " potenzial, potenziale, potential, potentiale, verkaufschance, verkaufschancen, chance, chancen",
        "Campaigns": "kampagne, kampagnen",
        "Products": "produkt, produkte, produkts, produktes, artikel",
        "Price_Books": "preisbuch, preisbücher, preisliste, preislisten, preisbuchs",
        "Appointments__s": "termin, termine, termins, terminvereinbarung, terminvereinbarungen",
        "Services__s": "service, services, dienstleistung, dienstleistungen, dienst, dienste, leistung, leistungen",
    },
    "fr": {
        "Leads": "lead, leads, prospect, prospects",
        "Contacts": "contact, contacts",
        "Accounts": "compte, comptes",
        "Deals": "affaire, affaires, transactions, de la transaction, de transaction, opportunité, opportunités, potentiel,"
        " potentiels",
        "Campaigns": "campagne, campagnes",
        "Products": "produit, produits",
        "Price_Books": "registre de prix, registres de prix, catalogue de prix, catalogues de prix, liste de prix,"
        " listes de prix, livre de prix, livres de prix, grille tarifaire",
        "Appointments__s": "rendez vous",
        "Services__s": "service, services, prestation, prestations",
    },
    "es": {
        "Leads": "lead, leads, posible cliente, posibles clientes, cliente potencial, clientes potenciales, prospecto,"
        " prospectos",
        "Contacts": "contacto, contactos",
        "Accounts": "cuenta, cuentas",
        "Deals": "trato, tratos, acuerdo, acuerdos, oportunidad, oportunidades, negocio, negocios, potencial, potenciales",
        "Campaigns": "campaña, campañas",
        "Products": "producto, productos",
        "Price_Books": "lista de precios, listas de precios, libro de precios, libros de precios, catálogo de precios,"
        " catálogos de precios",
        "Appointments__s": "cita, citas",
        "Services__s": "servicio, servicios",
    },
    "pt": {
        "Leads": "lead, leads, cliente potencial, clientes potenciais, possível cliente",
        "Contacts": "contato, contatos, contacto, contactos",
        "Accounts": "conta, contas",
        "Deals": "negócio, negócios, potencial, potenciais, oportunidade, oportunidades, negociação, negociações",
        "Campaigns": "campanha, campanhas",
        "Products": "produto, produtos",
        "Price_Books": "catálogo de preços, catálogos de preços, lista de preços, listas de preços, livro de preços,"
        " livros de preços, tabela de preços, tabelas de preços",
        "Appointments__s": "compromisso, compromissos, agendamento, agendamentos, marcação, marcações",
        "Services__s": "serviço, serviços",
    },
    "nl": {
        "Leads": "lead, leads, prospect, prospects",
        "Contacts": "contact, contacten, contactpersoon, contactpersonen",
        "Accounts": "account, accounts",
        "Deals": "deal, deals, verkoopkans, verkoopkansen, potentieel, kans, kansen",
        "Campaigns": "campagne, campagnes",
        "Products": "product, producten",
        "Price_Books": "prijslijst, prijslijsten, prijsboek, prijsboeken, prijzenboek, prijzenboeken",
        "Appointments__s": "afspraak, afspraken",
        "Services__s": "service, services, dienst, diensten",
    },
    "it": {
        "Leads": "lead, leads, potenziale cliente, potenziali clienti",
        "Contacts": "contatto, contatti",
        "Accounts": "account, accounts, azienda, aziende",
        "Deals": "trattativa, trattative, affare, affari, opportunità, potenziale, potenziali",
        "Campaigns": "campagna, campagne",
        "Products": "prodotto, prodotti",
        "Price_Books": "listino prezzi, listini prezzi, listino, listini, libro prezzi, libri prezzi",
        "Appointments__s": "appuntamento, appuntamenti",
        "Services__s": "servizio, servizi",
    },
    "ja": {
        "Leads": "見込み客, 見込客, リード",
        "Contacts": "連絡先, 取引先責任者, コンタクト",
        "Accounts": "取引先, アカウント",
        "Deals": "商談, 案件",
        "Campaigns": "キャンペーン",
        "Products": "商品, 製品, プロダクト",
        "Price_Books": "価格表, 価格リスト",
        "Appointments__s": "予約, アポイント, アポイントメント",
        "Services__s": "サービス",
    },
    "zh": {
        "Leads": "线索, 潜在客户, 線索, 潛在客戶",
        "Contacts": "联系人, 聯絡人, 連絡人, 聯繫人",
        "Accounts": "客户, 账户, 帐户, 客戶, 帳戶",
        "Deals": "商机, 交易, 商機, 销售机会, 銷售機會",
        "Campaigns": "市场活动, 营销活动, 行銷活動, 市場活動, 營銷活動",
        "Products": "产品, 商品, 產品",
        "Price_Books": "价格表, 价目表, 价格手册, 價格表, 價目表, 價格簿",
        "Appointments__s": "预约, 預約",
        "Services__s": "服务, 服務",
    },
    "ar": {
        "Leads": "عميل متوقع, عملاء متوقعون, عميل محتمل, عملاء محتملون, عملاء محتملين",
        "Contacts": "جهة اتصال, جهات اتصال, جهات الاتصال, جهة الاتصال",
        "Accounts": "حساب, حسابات",
        "Deals": "صفقة, صفقات, فرصة, فرص",
        "Campaigns": "حملة, حملات, حملة تسويقية",
        "Products": "منتج, منتجات",
        "Price_Books": "قائمة أسعار, قوائم أسعار, دفتر أسعار, دفاتر أسعار, كتاب أسعار, كتب أسعار",
        "Appointments__s": "موعد, مواعيد",
        "Services__s": "خدمة, خدمات",
    },
    "tr": {
        "Leads": "müşteri adayı, müşteri adayları, aday, adaylar, potansiyel müşteri, potansiyel müşteriler, lead",
        "Contacts": "kişi, kişiler, ilgili kişi, ilgili kişiler, iletişim, iletişimler",
        "Accounts": "hesap, hesaplar, hesabı, firma, firmalar",
        "Deals": "anlaşma, anlaşmalar, fırsat, fırsatlar",
        "Campaigns": "kampanya, kampanyalar",
        "Products": "ürün, ürünler",
        "Price_Books": "fiyat listesi, fiyat listeleri, fiyat defteri, fiyat defterleri, fiyat kitabı, fiyat kitapları",
        "Appointments__s": "randevu, randevular",
        "Services__s": "hizmet, hizmetler, servis, servisler",
    },
    "pl": {
        "Leads": "lead, leady, leada, namiar, namiary, namiaru, potencjalny klient, potencjalni klienci, potencjalnego klienta",
        "Contacts": "kontakt, kontakty, kontaktu, kontaktów",
        "Accounts": "konto, konta, kont, firma, firmy",
        "Deals": "szansa, szanse, szansy, szansa sprzedaży, szanse sprzedaży, szansy sprzedaży, potencjał, potencjały,"
        " potencjału, transakcja, transakcje, transakcji",
        "Campaigns": "kampania, kampanie, kampanii",
        "Products": "produkt, produkty, produktu, produktów",
        "Price_Books": "cennik, cenniki, cennika, cenników",
        "Appointments__s": "wizyta, wizyty, spotkanie, spotkania, termin, terminy, terminu",
        "Services__s": "usługa, usługi, usług",
    },
}
"""By language, then by the API name of the module: words and phrases, separated by commas.

"zh" has the simplified and the traditional spelling of each word.
"""
