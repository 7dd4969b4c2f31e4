"""The word lists that the detectors judge by: what negates, what hedges, who speaks how, what is style.

Plain data and look-ups over lower-case word forms (see ``auditor.garbling.reading``); it must not know of
documents or changes. Each list is short on purpose: it holds what news English needs, and a word that is
missing makes a change a mere substitution, never a wrong alarm of high severity.
"""

from __future__ import annotations

import re
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """A list of words, written as running text."""
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return {one: other for one, _, other in (pair.partition("/") for pair in text.split())}


FUNCTION_WORDS = words(
    """a an the this that these those it its it's he him his she her hers they them their theirs we us our
    ours you your yours i me my mine who whom whose which what where when how why there here as at by for
    from in into of off on onto out over to up with within upon about above across after against along among
    around before behind below beneath beside between beyond during except inside near since through
    throughout till toward towards under until via and or but nor so yet if then than because while although
    though whereas whether is are was were be been being am has have had having do does did doing done will
    would shall should can could may might must also too very just only even still again further once more
    most some any such own same other both each 's 'd ' s"""
)
"""Words whose change alone is an editor's everyday work."""

PRONOUNS = words("he him his she her hers they them their theirs it its this that these those who")

NEGATIONS = words(
    """not no never none nobody nothing nowhere neither nor without cannot denied denies deny denying hardly
    barely scarcely refused refuses refuse refusing rejected rejects reject rejecting fail failed fails
    failing unable lack lacks lacked lacking"""
)
"""Words that turn a statement round."""

DENIALS = words(
    "denied denies deny denying rejected rejects reject rejecting refused refuses refuse refusing"
)

NOT_NEGATING = re.compile(
    r"\b(?:whether or not|or not|not only|not just|not merely|not least|no doubt|no matter|not to mention|"
    r"nothing but|no sooner|not surprisingly|none other|no\.? ?\d+)",
    re.IGNORECASE,
)
"""Phrases whose "not" or "no" negates nothing."""

PREFIX_NEGATIONS = ("un", "in", "im", "il", "ir", "non", "dis", "mis")

OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in words("""
    confirmed/denied confirms/denies confirm/deny accepted/rejected accepts/rejects accept/reject
    agreed/refused agree/refuse agrees/refuses approved/rejected with/without always/never all/none
    everyone/nobody everything/nothing anything/nothing anyone/nobody ever/never some/no able/unable
    managed/failed guilty/innocent legal/illegal""")
)

HEDGES = words(
    """nearly almost about around approximately roughly over under above below least most exactly
    some more less fewer only up estimated minus plus"""
)
"""Words that say how exact a figure is."""

HEDGE_WORDS = HEDGES | words("than to as least most more less fewer greater better up close at many much few")
"""Words that may be part of a hedge of several words."""

NUMBER_WORDS = words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
    thousand thousands million millions billion billions trillion trillions dozen dozens half quarter third
    first second fourth fifth sixth seventh eighth ninth tenth
    eleventh twelfth thirteenth fourteenth fifteenth sixteenth
    seventeenth eighteenth nineteenth twentieth twice double triple bn mn tn mln bln trln"""
)

UNITS = words(
    """% percent percentage percents pct cent $ £ € ¥ dollar dollars euro euros pound pounds rouble roubles
    ruble rubles yen yuan cents pence tonne tonnes ton tons kilogram kilograms kilogramme kilogrammes kg gram
    grams mile miles kilometre kilometres kilometer kilometers km metre metres meter meters foot feet inch
    inches yard yards hectare hectares acre acres litre litres liter liters gallon gallons barrel barrels mph
    kph degree degrees celsius fahrenheit second seconds minute minutes hour hours day days week weeks month
    months year years decade decades century centuries am pm a.m. p.m. megawatt megawatts gigawatt
    gigawatts knot knots dlr dlrs cts"""
)

WEEKDAYS = {
    "monday": "mon", "tuesday": "tue", "wednesday": "wed", "thursday": "thu", "friday": "fri",
    "saturday": "sat", "sunday": "sun", "mon": "mon", "tue": "tue", "tues": "tue", "wed": "wed",
    "thu": "thu", "thur": "thu", "thurs": "thu", "fri": "fri", "sat": "sat", "sun": "sun",
}  # fmt: skip
MONTHS = {
    "january": "jan", "february": "feb", "march": "mar", "april": "apr", "may": "may", "june": "jun",
    "july": "jul", "august": "aug", "september": "sep", "october": "oct", "november": "nov",
    "december": "dec", "jan": "jan", "feb": "feb", "mar": "mar", "apr": "apr", "jun": "jun", "jul": "jul",
    "aug": "aug", "sep": "sep", "sept": "sep", "oct": "oct", "nov": "nov", "dec": "dec",
}  # fmt: skip

_SPEECH = """say says said saying|state states stated stating|tell tells told telling|add adds added adding|
note notes noted noting|report reports reported reporting|remark remarks remarked|comment commented|
announce announces announced announcing|explain explains explained explaining|write writes wrote written|
mention mentions mentioned|ask asks asked asking|reply replies replied|answer answered|
claim claims claimed claiming|allege alleges alleged alleging|admit admits admitted admitting|
confirm confirms confirmed confirming|concede concedes conceded conceding|insist insists insisted insisting|
reveal reveals revealed revealing|warn warns warned warning|boast boasts boasted|
acknowledge acknowledges acknowledged|vow vows vowed vowing|promise promises promised|
threaten threatens threatened|suggest suggests suggested suggesting|argue argues argued arguing|
assert asserts asserted|maintain maintains maintained|deny denies denied denying|
declare declares declared declaring|speculate speculates speculated|believe believes believed|
think thinks thought|hint hints hinted|imply implies implied|accuse accuses accused|
complain complains complained|confess confesses confessed|stress stresses stressed|
emphasize emphasizes emphasized emphasise emphasised emphasises|estimate estimates estimated|
predict predicts predicted|demand demands demanded|urge urges urged|order orders ordered"""
SPEECH: dict[str, str] = {
    form: forms.split()[0] for forms in _SPEECH.replace("\n", "").split("|") for form in forms.split()
}
"""Every form of a verb of saying, and its first form."""

NEUTRAL_SPEECH = words("say state tell add note report remark comment announce explain write mention reply")
"""Verbs that take no side on whether the statement is true."""

SPEAKER_VERBS = frozenset(SPEECH)

TELLING = words(
    """say tell state add note report announce explain write mention remark comment reply answer claim allege
    admit confirm concede insist reveal warn argue assert maintain acknowledge deny declare stress"""
)
"""Verbs whose subject is the one who makes the statement."""


def tells(form: str) -> bool:
    """Is this a form of a verb whose subject makes the statement?"""
    return SPEECH.get(form) in TELLING


OFFICES = words(
    """
    president minister spokesman spokeswoman premier chancellor king queen prince general colonel judge
    mayor mayor senator governor secretary director chairman professor captain envoy ambassador officer
    lawyer prosecutor leader chief mr mrs ms dr gen sen rep gov sir"""
)
"""What people are, before their names."""

RELATIVES = words("which who whom whose where although though while whereas unless if because when after")
"""Words at which a clause begins that is no attribution by itself, whatever verb it holds."""

QUALIFIERS = words(
    """if unless although though but however except despite while whereas until because provided pending
    without only alleged allegedly reportedly apparently suspected possibly perhaps probably according
    which who whose when where after before since nor"""
)
"""Words at which a clause begins that limits the one before it."""

DOUBTS = words(
    """allegedly alleged reportedly apparently suspected supposedly purportedly purported possibly perhaps
    probably unconfirmed presumably potentially so-called"""
)
"""Words that mark a statement as unsure."""

TITLES = {
    "mr": "mr", "mister": "mr", "mrs": "mrs", "ms": "ms", "miss": "ms", "dr": "dr", "doctor": "dr",
    "sir": "sir", "dame": "dame", "lord": "lord", "lady": "lady", "sen": "senator", "senator": "senator",
    "sens": "senator", "reps": "representative",

    "rep": "representative", "representative": "representative", "gov": "governor", "governor": "governor",
    "gen": "general", "general": "general", "lt": "lieutenant", "lieutenant": "lieutenant",
    "col": "colonel", "colonel": "colonel", "capt": "captain", "captain": "captain", "maj": "major",
    "major": "major", "sgt": "sergeant", "sergeant": "sergeant", "prof": "professor",
    "professor": "professor", "rev": "reverend", "reverend": "reverend", "pres": "president",
    "cmdr": "commander", "commander": "commander", "adm": "admiral", "admiral": "admiral",
    "hon": "honourable", "honourable": "honourable", "st": "saint", "saint": "saint",
}  # fmt: skip
COURTESY = words("mr mrs ms miss mister sir dame dr")

# Spelling: British and American forms of one word


_STYLE_PAIRS = _pairs("""
    centre/center centres/centers centred/centered metre/meter metres/meters litre/liter litres/liters
    theatre/theater theatres/theaters fibre/fiber fibres/fibers calibre/caliber sabre/saber spectre/specter
    sombre/somber meagre/meager lustre/luster manoeuvre/maneuver manoeuvres/maneuvers manoeuvred/maneuvered
    manoeuvring/maneuvering kilometre/kilometer kilometres/kilometers centimetre/centimeter
    centimetres/centimeters millimetre/millimeter defence/defense defences/defenses offence/offense
    offences/offenses licence/license licences/licenses pretence/pretense practise/practice
    practised/practiced practising/practicing programme/program programmes/programs cheque/check
    cheques/checks grey/gray greys/grays plough/plow ploughed/plowed tyre/tire tyres/tires kerb/curb
    mould/mold moulds/molds moustache/mustache aluminium/aluminum draught/draft sceptic/skeptic
    sceptics/skeptics sceptical/skeptical scepticism/skepticism ageing/aging judgement/judgment
    judgements/judgments acknowledgement/acknowledgment towards/toward amongst/among whilst/while
    afterwards/afterward forwards/forward backwards/backward upwards/upward downwards/downward
    learnt/learned burnt/burned spelt/spelled dreamt/dreamed leapt/leaped leant/leaned spoilt/spoiled
    gaol/jail pyjamas/pajamas cosy/cozy sulphur/sulfur mum/mom artefact/artifact artefacts/artifacts
    catalogue/catalog catalogues/catalogs dialogue/dialog analogue/analog anaesthetic/anesthetic
    paediatric/pediatric paediatrician/pediatrician oestrogen/estrogen foetus/fetus haemorrhage/hemorrhage
    leukaemia/leukemia anaemia/anemia orthopaedic/orthopedic encyclopaedia/encyclopedia
    archaeology/archeology archaeologist/archeologist archaeologists/archeologists diarrhoea/diarrhea
    gynaecologist/gynecologist mediaeval/medieval skilful/skillful wilful/willful fulfil/fulfill
    fulfils/fulfills fulfilment/fulfillment enrol/enroll enrols/enrolls enrolment/enrollment
    instalment/installment instalments/installments instil/instill distil/distill jewellery/jewelry
    fuelled/fueled fuelling/fueling duelling/dueling dialled/dialed dialling/dialing marvellous/marvelous
    woollen/woolen focussed/focused focussing/focusing benefitted/benefited biassed/biased disc/disk
    discs/disks vice/vise adviser/advisor advisers/advisors kidnapped/kidnaped
    kidnapper/kidnaper worshipped/worshiped enquiry/inquiry enquiries/inquiries enquire/inquire
    furore/furor cancelled/canceled carcase/carcass connexion/connection aeroplane/airplane
    aeroplanes/airplanes speciality/specialty tonne/ton tonnes/tons okay/ok protestor/protester
    protestors/protesters percent/per-cent yoghurt/yogurt chilli/chili liquorice/licorice
    doughnut/donut doughnuts/donuts whisky/whiskey racquet/racket e-mail/email
    web-site/website""")
_NOT_OUR = words("four hour tour pour your sour dour flour our scour contour velour detour fourth hourly")
_INITIALS = re.compile(r"(?!a\.m|p\.m)(?:\w\.){2,}")  # "U.S." is a name's form, and entity's to judge
_OUR = re.compile(r"our(s|ed|ing|able|ably|ful|fully|ite|ites|less|hood|hoods|er|ers|ism|ly|ary|al|y)?$")
_ISE = re.compile(r"(?<=[a-z]{2})(is|ys)(e|ed|es|er|ers|ing|ation|ations|ational|able)$")
_DOUBLE_L = re.compile(r"^([a-z]*[aeiou][a-z]*[^aeiou]+[aeiou])ll(ed|ing|er|ers|or|ors|ous|ist|ists)$")


@lru_cache(maxsize=65536)
def styled(form: str) -> str:
    """One form for all house styles of a word: "modernise" and "modernize", "Sept" and "September"."""
    if not _INITIALS.fullmatch(form) and not form[0].isdigit():
        form = form.replace(".", "")
    for known in (MONTHS, WEEKDAYS, TITLES, _ABBREVIATIONS):
        if form in known:
            return known[form]
    form = _STYLE_PAIRS.get(form, form)
    our = _OUR.search(form)
    if our and form[: our.start() + 3] not in _NOT_OUR:
        form = form[: our.start()] + "or" + (our[1] or "")
    form = _ISE.sub(lambda found: found[1].replace("s", "z") + found[2], form)
    return _DOUBLE_L.sub(r"\1l\2", form)


_ABBREVIATIONS = _pairs("""
    pct/percent percents/percent %/percent km/kilometer kms/kilometer kilometre/kilometer
    kilometres/kilometer kilometers/kilometer kg/kilogram kgs/kilogram kilograms/kilogram
    kilogrammes/kilogram mins/minutes hrs/hours vs/versus v/versus ave/avenue blvd/boulevard bn/billion
    mn/million tn/trillion mln/million bln/billion dlrs/dollars dlr/dollar cts/cents
    no/no govt/government dept/department intl/international assn/association
    co/company corp/corporation inc/incorporated ltd/limited etc/etcetera &/and""")

COMPOUNDS = words("""
    airstrike airstrikes airforce airbase airbases airport ceasefire ceasefires healthcare childcare
    website websites online offline underway warplane warplanes warship warships gunfire gunman gunmen
    policymaker policymakers lawmaker lawmakers peacekeeper peacekeepers anyone everyone someone anymore
    cannot into onto percent percentage worldwide nationwide citywide statewide countrywide setup backup
    rollout layoff layoffs takeover takeovers shutdown lockdown crackdown smartphone smartphones
    database payroll cellphone cellphones taxpayer taxpayers shareholder shareholders stockholder
    stockholders landowner landowners homeowner homeowners bondholder bondholders passerby roadblock
    checkpoint checkpoints counterattack counterterrorism cybersecurity coronavirus lifestyle workplace
    workforce weekend weekday bypass bailout handout turnout payout drawdown standoff walkout wildfire
    wildfires rainforest hometown grassroots headquarters teammate teammates frontrunner frontline
    sometime sometimes maybe overnight halfway hardline hardliner hardliners firefight firefighter
    firefighters bombmaker roadside carmaker carmakers filmmaker filmmakers spokesman spokeswoman
    newborn stepson voicemail email today tonight tomorrow nonstop nonprofit cooperate cooperation
    coordinate coordination reelection preexisting reenter""")
"""Words that one house writes as one and another as two."""


_ENDINGS = ("ingly", "ings", "ing", "edly", "ers", "ied", "ies", "ed", "er", "es", "ly", "s", "d", "e", "y")
_DOUBLING = ("ing", "ings", "ed", "er", "ers")


def stem(form: str) -> str:
    """A form without its commonest endings, enough to see that two forms are of one word."""
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            root = form[: -len(ending)]
            if ending in _DOUBLING and len(root) > 3 and root[-1] == root[-2] and root[-1] in "bdgklmnprt":
                return root[:-1]
            return root[:-1] if len(root) > 3 and root[-1] in "ei" else root
    return form


_IRREGULAR = """
go goes went gone going|take takes took taken|give gives gave given|make makes made|get gets got gotten|see
sees saw seen|come comes came|know knows knew known|find finds found|leave leaves left|keep keeps kept|begin
begins began begun|bring brings brought|hold holds held|meet meets met|lead leads led|fight fights
fought|win wins won|send sends sent|build builds built|fall falls fell fallen|rise rises rose risen|strike
strikes struck stricken|shoot shoots shot|sell sells sold|buy buys bought|lose loses lost|pay pays
paid|stand stands stood|run runs ran|speak speaks spoke spoken|break breaks broke broken|choose chooses
chose chosen|drive drives drove driven|grow grows grew grown|fly flies flew flown|throw throws threw
thrown|wear wears wore worn|become becomes became|feel feels felt|man men|woman women|child children|person
people|say says said|tell tells told|think thinks thought|teach taught|catch caught|seek sought|wake
woke|write writes wrote written"""
LEMMAS = {
    form: forms.split()[0] for forms in _IRREGULAR.replace("\n", " ").split("|") for form in forms.split()
}


_DERIVED = words(
    "al ally ic ical ically ity ness ment ion ions or ors ist ists ism an ans able ful less ive ary"
)


def _is_derived(one: str, other: str) -> bool:
    """Is the one the other with an ending that makes a word of its family ("logistic", "logistical")?"""
    short, long = sorted((one, other), key=len)
    return len(short) > 4 and long.startswith(short) and long[len(short) :] in _DERIVED


def same_word(one: str, other: str) -> bool:
    """Are both forms of one word ("strike", "strikes", "struck")?"""
    if _is_derived(one, other):
        return True
    return LEMMAS.get(one, one) == LEMMAS.get(other, other) or stem(one) == stem(other)


KNOWN_WORDS = words("""
    than then form from were where there their three here hear were was war ware wars lose loose affect
    effect trial trail quite quiet angel angle casual causal dairy diary desert dessert lead led past
    pass passed later latter left lift week weak weeks peace piece place plan plane plant point paint
    price prize prince raise rise right night light fight might sight month mouth north south worth work
    word world would could should since sense sent send spend speed stand state stage store story strike
    stroke struck talk take tank task test text thank think thing three threw through thought though
    trade train treat troops house horse home hope host hour huge ground group grow back bank base bass
    best beat boat both bring call cell cost cast case cause chance change charge close clear cloud
    court count country county coast dead deal dear death deep door down draw drive drop east fast face
    fact fall fell feel fill film find fine fire firm first food foot ford four free gain game gave give
    goal gold good grand great hand hard head heat held help high hill hold hole hurt idea join just
    keep kept kill kind king know land large last late laid paid said law low lay line link list live
    lived loan long look lord lost love made main make male many mark mass mean meat meet mind mine miss
    more most move much name near need news next nice note only open over pace page pain pair park part
    path poor port post pull push race rain rate read real rest rich ride ring road rock role roll room
    rule safe sale same sand save seat seek seem seen sell ship shop shot show shut sick side sign site
    size skin slow soft soil sold some song soon sort step stop such suit sure tale tall tell tend term
    than that them they thin this time tiny told tone took tool tour town tree trip true turn type unit
    used user vary vast very view vote wage wait wake walk wall want warm wash wave wear went west what
    when whom wide wife wild will wind wine wing wish with wood wore yard year your zone""")
"""Words so near to other words that a letter's difference is another word, not a slip."""

BODIES = words(
    """army party council ministry bank university republic federation union front court agency institute
    league movement brigade force forces association committee commission corporation company group
    state states kingdom court office department service times post news club church hospital airlines
    department administration foundation organization organisation board society journal parliament
    senate institution network fund trust authority office farm lane street road avenue river lake
    island islands bay hill hills valley park bridge dam museum hotel square sea ocean mountain
    mountains beach coast city town village county province district region airport station palace
    castle cathedral stadium school college theatre theater library"""
)
"""Words with which the name of a body, not of a person, ends."""

NAME_PARTICLES = words("al el ar as bin ibn abu van von der den de di da del la le du dos ter ten")
"""Small words inside people's names."""
