/** Unique by nature. */
export const uniqueFields =
  /^(?:isbn|sku|slug|username|user name|serial number|vin|barcode|registration number|license plate|invoice number|order number|tracking number|student id|employee id|passport number)$/;

/** Words that name properties of things and never things. Heads of phrases, singular. */
export const fieldNouns: ReadonlySet<string> = new Set(
  `title name description body content date price amount cost quantity status email e-mail phone telephone address number
  image photo picture avatar logo thumbnail url link website deadline birthday age gender color colour size weight height
  length width rating priority type duration time start end subject summary bio biography caption excerpt slug code isbn
  sku stock salary position nationality language location city country state zip postcode capacity year month day budget
  total subtotal balance discount tax fee unit brand model make version level score rank points note notes message remark
  reason text nickname surname username password role department publisher format currency condition visibility category
  icon cover details instructions ingredients calories servings difficulty severity stage source label timestamp
  datetime availability genre director cast species breed dosage diagnosis symptom symptoms skills experience education
  bedrooms bathrooms floor area temperature humidity distance percentage progress frequency mood goal target hours minutes
  author industry sector occupation profession probability website`.split(/\s+/),
);

/** Fields whose listed values make an enum. */
export const enumFields =
  /\b(?:status|priority|type|category|kind|state|stage|level|severity|gender|role|condition|size|difficulty|method|frequency|mood|visibility|source|result|outcome|unit|currency|format|mode|plan|class|grade|tier|rank|language|shift|colou?r|phase|urgency|department|season|genre)$/;
