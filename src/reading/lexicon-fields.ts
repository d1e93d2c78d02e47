import type { FieldType } from '../core/blueprint-draft.ts';

/** How the words of a field tell its type. The first rule that fits wins; words are lower case, singular as written. */
export interface FieldRule {
  readonly type: FieldType;
  /** Tested against the words joined by spaces. */
  readonly pattern: RegExp;
  readonly min?: number;
  readonly max?: number;
  readonly unique?: true;
}

export const fieldRules: readonly FieldRule[] = [
  {
    type: 'boolean',
    pattern:
      /^(?:is|has|can|was|should|allows?|needs?) \w|^(?:active|inactive|published|completed?|done|finished|available|enabled|disabled|visible|hidden|featured|archived|verified|approved|paid|read|public|private|in stock|favou?rite|pinned|urgent|billable|recurring|anonymous|correct|confirmed|subscribed|availability flag)$|\b(?:flag|yes no|checkbox)$/,
  },
  { type: 'email', pattern: /\b(?:e ?mail)(?: address)?$/ },
  { type: 'phone', pattern: /\b(?:phone|telephone|mobile|fax|whatsapp|cell)(?: number| no)?$/ },
  {
    type: 'image',
    pattern:
      /\b(?:image|photo|picture|avatar|logo|thumbnail|cover|icon|photograph|headshot|banner|poster|screenshot)(?: url| link| address)?$/,
  },
  {
    type: 'url',
    pattern:
      /\b(?:url|uri|link|website|web ?site|homepage|web page|repository|github|linkedin|twitter|facebook|instagram|attachment|file|document|resume|cv|pdf)$/,
  },
  { type: 'color', pattern: /\b(?:colou?r)(?: code| value)?$/ },
  {
    type: 'datetime',
    pattern:
      /\b(?:date ?time|timestamp|date and time|time and date)\b|^(?:starts?|ends?|begins?|departs?|arrives?|scheduled|sent|placed|submitted|published|booked|checked (?:in|out)|logged|occurred|played|remind|closes|opens) (?:at|time)$|^(?:start|end|check in|check out|clock in|clock out|arrival|departure|appointment|meeting|pickup|pick up|event) time$/,
  },
  {
    type: 'date',
    pattern:
      /\b(?:date|deadline|birthday|birth ?date|date of birth|dob|expiry|expiration|anniversary|day of birth)\b|\b(?:starts?|ends?|due|born|issued|paid|published|purchased|hired|joined|released|opened|closed|signed|valid|expires?|received|borrowed|returned|completed|started|finished|bought|ordered|sold|spent|taken|last \w+) (?:on|until|from|by)$|^due$|^valid (?:from|until)$/,
  },
  { type: 'time', pattern: /^(?:time|opening time|closing time|time of day|opens at|closes at|time slot)$/ },
  { type: 'integer', pattern: /^(?:star )?rating$|^stars$|\brating\b(?!.*(?:text|comment))/, min: 1, max: 5 },
  {
    type: 'decimal',
    pattern:
      /\b(?:percent|percentage|discount|rate|latitude|longitude|weight|height|width|length|depth|distance|temperature|area|volume|speed|hours|gpa|average|score|dosage amount|tax rate|interest|carbs|protein|fat|mileage|square (?:feet|meters?|metres?))$/,
  },
  {
    type: 'money',
    pattern:
      /\b(?:price|cost|fee|rate|rent|charge) (?:per|a) \w+$|\b(?:price|amount|cost|fee|fees|salary|budget|total|subtotal|balance|revenue|wage|rent|payment|deposit|income|expense|value in \w+|tax|charge|bid|pay|fare|tuition|funds|net worth|market value|monetary value)$/,
  },
  {
    type: 'integer',
    pattern:
      /\b(?:quantity|qty|count|age|stock|year|years|capacity|points|seats|pages|bedrooms|bathrooms|rooms|number of \w[\w ]*|calories|minutes|seconds|days|weeks|months|servings|steps|sets|reps|repetitions|attempts|votes|likes|views|views count|copies|duration minutes|level number|position number|rank|ranking|sort order|size in \w+|floor|units|party size|population|wins|losses|goals scored|inventory level|stock level)$/,
  },
  {
    type: 'text',
    pattern:
      /\b(?:description|content|contents|body|notes?|bio|biography|message|text|summary|instructions?|details|comments?|remarks?|abstract|introduction|about|overview|explanation|feedback|ingredients|reason|answer|requirements|qualifications|responsibilities|background|history|steps to reproduce|directions|terms|caption|symptoms|diagnosis|treatment|medical history|excerpt|cover letter|experience|education|story|definition|agenda|minutes of meeting)$/,
  },
];

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
