/** Word classes of requirements English. Nouns singular, verbs in the base form. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Verbs that leave something stored. */
export const storeVerbs = words(`
  create add manage track record publish post upload submit write store save keep maintain edit update delete remove log
  organise organize schedule assign book order reserve buy purchase sell enter import approve issue contribute propose
  request archive donate rent register enrol enroll apply comment review rate vote bid borrow lend return report insert
  modify change plan cancel administer handle document capture complete mark define configure catalog catalogue classify
  reschedule confirm process note collect share invite follow set-up answer`);

/** Verbs that need something stored to work on. */
export const findVerbs = words(`
  browse view search find filter sort see list display show read explore check query access monitor look retrieve
  compare discover select choose access review`);

/** Verbs of the whole, which say what the application is and not what it keeps. */
export const buildVerbs = words(`
  build develop implement make design want need provide support offer include have allow enable let contain feature
  require consist use help be do ensure give serve`);

export const ownVerbs = words(
  `have include contain hold carry store comprise consist record show display feature list specify provide`,
);

/** Verbs a statement of work often starts with; taggers take them for names there. */
export const imperativeVerbs = words(`
  add allow apply approve archive assign browse build calculate cancel change check choose compare configure create
  delete develop display edit enable enter export filter find generate get give implement import include let make
  manage modify notify offer organize organise play provide publish read record register remove save search see select
  send set share show sort store submit support track update upload use validate view write keep maintain design log
  enroll enrol reserve buy purchase sell answer communicate follow invite compare explore explain introduce ensure require monitor`);

/** Both a verb and a thing; the words around decide. */
export const nounOrVerb = words(`
  book order post comment review list schedule record report rate plan request share vote bid note document issue
  research schedule ticket rent access offer sale message photograph test score track store display search filter sort
  view design form process reply donate contact sample log answer rank price follow`);

/** What an application is; never what it keeps. */
export const applicationNouns = words(`
  website site app application webapp platform system portal software program tool webpage homepage dashboard interface
  page solution product-site frontend backend web blog forum shop store marketplace game calculator crm cms erp
  mini-program extension plugin service saas prototype mvp project landing portfolio suite tracker manager planner
  organizer organiser directory wiki storefront e-commerce ecommerce intranet hub`);

/** Nouns that are never stored things, whatever is done to them. */
export const stopNouns = words(`
  website site app webapp platform portal software webpage homepage dashboard interface functionality functionalities
  function feature capability module system page screen view section option setting settings information data detail
  content component element button form menu-bar header footer navigation navbar sidebar layout design style theme color
  colour background font icon banner logo-bar user-interface ui ux experience feature-set requirement requirements goal-state way
  ability need use case-of-use purpose time day week month year moment today number amount-of lot variety range type kind
  sort filter search access login signup sign-up sign-in registration-form authentication authorization security performance
  speed quality scalability responsiveness accessibility usability thing something anything everything someone anyone
  everyone other others one ones example part area-of-interest side end top bottom left right click input output result-set
  display management tracking creation deletion browsing viewing editing update deletion operation action step process
  integration implementation development technology framework database server client-side api backend frontend code
  language browser mobile desktop device-type internet web online analysis analytics statistics visualization visualisation chart
  graph map diagram insight overview summary trend metric kpi indicator recommendation support help assistance guidance
  convenience efficiency interaction engagement communication collaboration environment world life people public
  visitor audience basis base field column row table-of-contents link url value key format criterion criteria keyword
  term condition-of-use accordance order-of fashion need manner aspect perspective standard practice principle solution
  tool resource-use asset-use name title description status date price email e-mail phone password username id identifier
  history progress workflow flow structure hierarchy level role-play permission privilege right rights role-based
  popup pop-up modal dialog tab dropdown carousel slider scroll cursor mouse keyboard drag drop
  application program suite mini-program mini-app homepage domain hosting notification-system chatbot
  selection choice decision preference consent privacy compliance regulation law rule logic calculation
  computation expression formula operand operator equation tile board-theme difficulty animation sound music-player audio
  width height size shape position direction increase decrease total sum count average minimum maximum
  error warning confirmation success failure state situation case-study
  ease power bit sense look feel appearance mode version copy print download upload share like export import
  backup sync synchronization storage cloud memory cache token session cookie
  english text word-processing image-processing picture-in-picture file-format background-color
  advantage benefit chance impact effort idea-of knowledge awareness interest demand expectation reason
  business industry market company-size economy finance health education entertainment sport
  hour minute second date-range period duration timeline calendar clock timer
  group-of set pair series kind-of majority rest half
  purpose efficiency responsibility introduction showcase exploration discovery
  customization customisation personalization personalisation optimization optimisation automation
  creation modification maintenance monitoring reporting planning analysis processing handling administration
  accuracy reliability availability consistency effectiveness productivity
  thank hello please lorem ipsum foo bar yes no etc
  javascript typescript python java html css react angular vue node django flask php laravel mysql postgresql mongodb
  ios android windows linux chrome
  personnel payroll-system procurement infrastructure growth income-level population crime
  front back left-hand right-hand hand eye head body-part
  amount quantity cost fee charge rate age gender color-scheme scheme palette shade
  player-move move turn piece level-up start finish beginning attention focus
  topic-of-interest subject-matter matter problem-solving difficulty-level
  `);

/** Words whose information counts and not they themselves: "customer information" is about customers. */
export const containerNouns = words(`
  information info data detail details record records list listing listings history profile profiles catalog catalogue
  database collection directory library overview page pages content entry entries repository inventory log logs
  card cards management tracking section item items panel summary table view gallery archive feed management-system
  account accounts stat stats statistic statistics schedule performance ranking rankings standings opportunity opportunities modification creator bank pool file files timeline timelines updates`);

/** Nouns of doing, with the verb they stand for: "appointment booking", "product management". */
export const doingNouns: Readonly<Record<string, string>> = {
  management: 'manage',
  tracking: 'track',
  tracker: 'track',
  creation: 'create',
  editing: 'edit',
  deletion: 'delete',
  publishing: 'publish',
  publication: 'publish',
  posting: 'post',
  postings: 'post',
  submission: 'submit',
  scheduling: 'schedule',
  ordering: 'order',
  recording: 'record',
  logging: 'log',
  reporting: 'report',
  uploading: 'upload',
  upload: 'upload',
  listing: 'list',
  listings: 'list',
  catalog: 'browse',
  catalogue: 'browse',
  directory: 'browse',
  browsing: 'browse',
  viewing: 'view',
  searching: 'search',
  search: 'search',
  filtering: 'filter',
  filter: 'filter',
  sorting: 'sort',
  display: 'display',
  showcase: 'showcase',
  gallery: 'display',
  maintenance: 'maintain',
  modification: 'update',
  creator: 'create',
  sharing: 'share',
  identification: 'view',
  handling: 'handle',
  confirmation: 'confirm',
  release: 'update',
  administration: 'manage',
  organization: 'organize',
  registration: 'register',
  booking: 'book',
  bookings: 'book',
  approval: 'approve',
  entry: 'enter',
  sale: 'sell',
  selling: 'sell',
  buying: 'buy',
  monitoring: 'monitor',
  query: 'query',
  assignment: 'assign',
  information: 'view',
  records: 'record',
  record: 'record',
};

/** Verbs that make a thing of what is done with them: people who *enroll* in courses make an `enrollment`. */
export const activityOfVerb: Readonly<Record<string, string>> = {
  comment: 'comment',
  review: 'review',
  rate: 'review',
  book: 'booking',
  reserve: 'reservation',
  order: 'order',
  purchase: 'order',
  buy: 'order',
  enroll: 'enrollment',
  enrol: 'enrollment',
  apply: 'application',
  donate: 'donation',
  vote: 'vote',
  bid: 'bid',
  borrow: 'loan',
  rent: 'rental',
  register: 'registration',
};

/** Adjectives and the like that say nothing of what a thing is. */
export const emptyModifiers = words(`
  new existing different various several multiple many few own personal other another all any each every some such more
  most latest recent current previous past upcoming next last first second third top popular favorite favourite
  featured available specific particular certain relevant related detailed basic simple complex customizable
  customised customized custom user-friendly modern responsive online offline real-time interactive automated automatic
  quick fast easy full complete comprehensive main primary general common following same similar possible necessary
  important interesting valuable useful good better best great high low big small large long short old young
  daily weekly monthly yearly annual additional extra further external internal corresponding respective individual
  single multi public private free premium paid digital virtual electronic web web-based mobile global local nearby
  active inactive open closed completed pending own selected chosen given saved stored created published
  uploaded submitted assigned registered potential prospective total overall entire whole minimum maximum max min
  accurate up-to-date diverse unique special professional high-quality reliable secure robust efficient effective
  powerful intuitive attractive beautiful elegant clean clear minimal minimalist visual textual numeric numerical
  dynamic static default optional required mandatory valid invalid correct incorrect wrong right true false
  financial legal technical creative historical health-related age-appropriate themed smart ai ai-powered ai-driven
  essential extensive rich wide broad deep direct less fewer least enough both either neither much little only
  just also even still yet already always never often usually typically well very really quite too so
  random hot trending cold warm fresh sensitive confidential desired preferred previously newly currently
  editable searchable sortable filterable downloadable printable shareable clickable their his her its our your my
  actual approximate average brief concise fellow future generated illustrated informative instant live located
  named nice numerous ongoing original overdue relevant rotating scheduled separate suitable
  various well-designed world-class structured unlimited upcoming yearly`);

/** People by the work they do; with the suffix rule of `actors.ts` for the rest. */
export const personNouns = words(`
  user visitor admin administrator customer client guest member reader writer author editor manager employee staff
  owner student teacher instructor tutor parent child kid doctor patient nurse dentist therapist seller buyer vendor
  supplier driver passenger rider courier agent tenant landlord candidate applicant recruiter employer volunteer donor
  organizer organiser attendee participant player coach trainer moderator subscriber follower friend contributor
  developer designer photographer artist musician librarian borrower shopper merchant host traveler traveller tourist
  freelancer mentor mentee lawyer accountant cashier chef waiter receptionist technician operator supervisor director
  executive boss team-member staff-member individual person resident citizen viewer listener learner speaker sponsor
  analyst researcher scientist engineer mechanic cleaner gardener farmer barber stylist pharmacist contractor investor
  trader broker auditor superior pet-owner professional adult bidder renter caretaker caregiver secretary principal
  professor lecturer judge jury referee official officer consumer clerk handyman client salesperson representative
  maintainer publisher stakeholder personnel worker superuser superadmin
  hr rep assistant pupil neighbor neighbour trainee apprentice`);

/** Words for persons that are no persons, to keep the suffix rule honest. */
export const notPersons = words(`
  number order tracker calendar letter folder header footer filter counter timer server browser computer paper newsletter
  poster banner slider calculator converter generator editor-tool factor sensor error color behavior behaviour door floor
  career offer transfer chapter member-area power weather monitor mirror indicator operator-sign semester quarter
  register water answer layer container router printer scanner character parameter cover dinner flower river summer
  winter corner center centre trailer reminder voucher container order-number anchor vector motor visitor-counter error-monitor
  theater theatre master tutor-app tractor doctor-note minister-office author-name
  manager-tool planner organizer-app cursor floor refrigerator elevator simulator translator-tool locker freezer beer
  helicopter razor tumor`);

/** Words before a thing that say which of several it is to its owner: "home team", "parent category". */
export const roleModifiers = words(`
  parent home away source destination origin departure arrival primary secondary billing shipping backup responsible
  winning losing related similar preferred alternate`);

/** What belongs to one owner alone when the owner has one. */
export const ownParts = words(`
  profile passport wallet cart badge license licence locker resume cv contract receipt membership file record`);
