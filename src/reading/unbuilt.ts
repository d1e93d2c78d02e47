/** What people ask for and the offline engine cannot build, with what to do about it. */
export interface UnbuiltRule {
  readonly id: string;
  /** Sentence case, starts with a verb. */
  readonly title: string;
  readonly pattern: RegExp;
  /** Goes into "… not built: …" for the user. */
  readonly advice: string;
}

export const unbuiltRules: readonly UnbuiltRule[] = [
  {
    id: 'log-in',
    title: 'Log in and sign up',
    pattern:
      /\b(?:log(?:s|ged|ging)?[ -]?(?:in|out)|sign(?:s|ed|ing)?[ -]?(?:in|up|out)|authenticat\w*|passwords?|oauth|jwt|single sign-on|sso|(?:user|account|member|customer) registration|create (?:an |their |new |user )?accounts?|user accounts?|two-factor|2fa|(?:can|to|users?) register(?:\s*(?:[,.;]|and|$)))\b|\bregister (?:and|as|an account|for an account)\b/i,
    advice:
      'Logging in is not built: everybody who can open the application can use all of it. Put it behind a proxy that asks for a login, or add authentication by hand.',
  },
  {
    id: 'roles-and-permissions',
    title: 'Restrict what each role may do',
    pattern:
      /\b(?:permissions?|role-based|access control|access rights|(?:user|different) roles|only (?:the )?(?:admins?|administrators?|owners?|authors?|managers?|moderators?|staff|logged-in|registered)|admin(?:istrator)? (?:panel|dashboard|area)|private to|privileges?)\b/i,
    advice:
      'Roles and permissions are not built: every visitor may do everything. Add checks by hand where they matter.',
  },
  {
    id: 'payments',
    title: 'Take payments',
    pattern:
      /\b(?:payment (?:gateway|processing|integration|system|methods?)|online payments?|(?:make|process|accept|handle|secure) (?:secure |online )?payments?|pay (?:online|with|by|for)|stripe|paypal|check ?out|credit cards?|in-app purchases?)\b/i,
    advice: 'Taking payments is not built: connect a payment provider by hand.',
  },
  {
    id: 'send-messages',
    title: 'Send e-mail and notifications',
    pattern:
      /\b(?:(?:send|sends|sending|receive|receives|get|gets|push) (?:\w+ ){0,3}(?:e-?mails?|notifications?|sms|alerts?|reminders?|newsletters?)|e-?mail (?:notifications?|confirmations?|reminders?|alerts?|verification)|(?:push|sms|whatsapp|real-time|email) notifications?|(?:are|is|be) (?:notified|e-?mailed|alerted|reminded)|notify|text messages?|whatsapp|newsletter subscription|notifications)\b/i,
    advice: 'Sending e-mail, SMS or notifications is not built: connect a mail or messaging service by hand.',
  },
  {
    id: 'upload-files',
    title: 'Upload files',
    pattern:
      /\b(?:upload(?:s|ed|ing)?|attach(?:ing)? (?:a |the )?(?:files?|documents?|photos?|images?)|file attachments?|drag[ -]and[ -]drop)\b/i,
    advice:
      'Uploading files is not built: pictures and documents are kept as web addresses. Store the files elsewhere and paste their address.',
  },
  {
    id: 'charts',
    title: 'Show charts and statistics',
    pattern:
      /\b(?:charts?|graphs?|(?:data )?visuali[sz]ations?|dashboards?|statistics|analytics|statistical|heat ?maps?|trends?|leader ?boards?|rankings?|kpis?|metrics)\b/i,
    advice: 'Charts, dashboards and statistics are not built: the records are there in lists to compute them from.',
  },
  {
    id: 'reports-and-export',
    title: 'Generate reports and exports',
    pattern:
      /\b(?:export(?:s|ed|ing)?|download(?:s|ed|ing|able)?|pdf|csv|excel|spreadsheets?|generat\w+ (?:\w+ ){0,3}(?:reports?|invoices?|documents?|certificates?)|print(?:s|ed|ing|able)?|import(?:s|ed|ing)? (?:from|data|csv|files?))\b/i,
    advice:
      'Generating, importing and exporting documents is not built: use the REST API of the application to read and write the records.',
  },
  {
    id: 'live-updates',
    title: 'Chat and update live',
    pattern:
      /\b(?:chat(?:s|ting|bots?| rooms?)?|instant messag\w+|messag(?:e|ing) (?:each other|one another|system)|direct messages?|real[ -]time|live (?:updates?|stream\w*|chat|video|tracking|support|scores?)|video (?:calls?|conferenc\w+)|websockets?|multiplayer|stream(?:s|ing)?)\b/i,
    advice: 'Live updates, chat and streaming are not built: the pages show what was stored when they were opened.',
  },
  {
    id: 'outside-services',
    title: 'Connect to outside services',
    pattern:
      /\b(?:(?:third[ -]party|external|public|rest|weather|google|facebook|twitter|instagram|linkedin|youtube|openai|social media) (?:apis?|services?|integrations?|data|login|accounts?|sharing|links?|feeds?)|api (?:integration|keys?)|integrat\w+ (?:with|of)|share (?:\w+ ){0,4}(?:on|to|via|through) (?:social|facebook|twitter|instagram|whatsapp)|social media|web ?hooks?|scrap(?:e|ing)|crawl\w*|sync(?:s|ed|hroni[sz]\w*)?)\b/i,
    advice: 'Connections to outside services are not built: add them by hand where their keys can be kept safe.',
  },
  {
    id: 'maps',
    title: 'Show maps and places nearby',
    pattern:
      /\b(?:maps?|geolocation|gps|navigation to|directions to|nearby|nearest|location-based|geographic\w*|route planning)\b/i,
    advice: 'Maps and distances are not built: addresses are kept as text.',
  },
  {
    id: 'artificial-intelligence',
    title: 'Recommend and predict',
    pattern:
      /\b(?:recommendations?|recommend(?:s|ed)?|personali[sz]ed|predict\w*|machine learning|artificial intelligence|ai|chatgpt|gpt|image recognition|face recognition|speech|voice|translat(?:e|es|ion)|ocr|sentiment)\b/i,
    advice:
      'Recommendations, predictions and recognition are not built: they need a model or a service that is connected by hand.',
  },
  {
    id: 'games',
    title: 'Play the game',
    pattern:
      /\b(?:play(?:s|ing|able)? (?:the |a |an |this |that |simple |online |\w+ )?(?:games?|chess|puzzles?|2048|tetris|snake|cards|levels?)|game ?play|game (?:logic|board|rules|over)|score points|levels of difficulty|difficulty levels?|spin(?:s|ning)? (?:the )?wheel|undo(?:ing)? moves?|tiles|mini-?games?)\b|^\W*(?:please )?(?:build|make|create|develop|implement|write|an?) (?:\w+[ -]){0,5}game\b/i,
    advice:
      'Playing is not built: the offline engine has no rules for games. Write the game by hand on a page of its own.',
  },
  {
    id: 'calculations',
    title: 'Calculate',
    pattern:
      /\b(?:calculat\w+|comput(?:e|es|ed|ing) |computation\w*|convert(?:s|ed|er|ing)?|formulas?|equations?|simulat\w+|automatically (?:calculat|comput|generat|assign|updat)\w*)\b/i,
    advice:
      'Calculations and automatic steps are not built: write them by hand in the service of the entity they work on.',
  },
  {
    id: 'languages',
    title: 'Translate the interface',
    pattern:
      /\b(?:multi-?lingual|multiple languages|internationali[sz]ation|i18n|locali[sz]ation|switch (?:the )?languages?|translations?)\b/i,
    advice: 'The interface is in English only.',
  },
  {
    id: 'apps-for-phones',
    title: 'Run as an app on a phone',
    pattern:
      /\b(?:(?:native|mobile|android|ios|iphone|desktop) apps?|mobile applications?|app store|offline mode|works? offline|pwa|progressive web app)\b/i,
    advice: 'A web application is built; its pages fit a phone, but there is no app to install.',
  },
  {
    id: 'scheduled-jobs',
    title: 'Do things on a schedule',
    pattern:
      /\b(?:every (?:day|night|week|month|hour|morning) (?:at|the system|a)|scheduled? jobs?|cron|recurring|backups?|automatic(?:ally)? (?:backup|archive|delete|remind|renew|expire)\w*|countdown)\b/i,
    advice: 'Nothing runs on a schedule: start such jobs from outside through the REST API.',
  },
];

/** Wishes about quality that no single thing in the application answers. */
export const qualityWish =
  /\b(?:easy|simple|intuitive|user[ -]friendly|modern|clean|responsive|fast|quick|secure|security|scalable|reliable|robust|accessible|accessibility|attractive|appealing|beautiful|professional|seamless|smooth|efficient|performance|optimi[sz]ed|maintainable|high[ -]quality|look and feel|user experience|usability|privacy|gdpr|engaging|visually|phones?|mobile|tablets?|devices|browsers?|elegant|seo)\b/i;
