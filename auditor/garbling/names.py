"""Which names name the same: aliases, transcriptions, demonyms, and formal names that need an article.

Plain data in lower case, without articles and dots. A pair that isn't here is another name, and high; so
"Russia" and "Russian Federation", which a tool swaps and breaks, is left out on purpose.
"""

from __future__ import annotations

_ALIAS_GROUPS = """us|usa|united states|states|united states of america|america
american|us
uk|britain|great britain|united kingdom
eu|european union
un|united nations
uae|united arab emirates
isis|isil|islamic state|is|daesh|islamic state group|islamic state of iraq and syria
fsa|free syrian army
ira|irish republican army
nato|north atlantic treaty organization|north atlantic treaty organisation
qaeda|qaida|qa ida|qa eda
al qaeda|al qaida|al qa ida
gitmo|gtmo|guantanamo|guantanamo bay
burma|myanmar
ivory coast|cote d ivoire
czech republic|czechia
holland|netherlands
swaziland|eswatini
macedonia|north macedonia
turkey|turkiye
kiev|kyiv
bombay|mumbai
calcutta|kolkata
madras|chennai
peking|beijing
rangoon|yangon
ap|associated press
afp|agence france presse
pa|press association
dpa|deutsche presse agentur
fbi|federal bureau of investigation
cia|central intelligence agency
who|world health organization|world health organisation
imf|international monetary fund
ecb|european central bank
fed|federal reserve
sec|securities and exchange commission
gop|republican party
bbc|british broadcasting corporation
washington|washington dc
la|los angeles
ny|new york
nyc|new york city
wapo|washington post
nyt|new york times
wsj|wall street journal"""

_STATES = """ala alabama|ariz arizona|ark arkansas|calif california|colo colorado|conn connecticut|
del delaware|fla florida|ga georgia|ill illinois|ind indiana|kan kansas|ky kentucky|la louisiana|md maryland|
mass massachusetts|mich michigan|minn minnesota|miss mississippi|mo missouri|mont montana|neb nebraska|
nev nevada|nh new hampshire|nj new jersey|nm new mexico|ny new york|nc north carolina|nd north dakota|
okla oklahoma|ore oregon|pa pennsylvania|ri rhode island|sc south carolina|sd south dakota|tenn tennessee|
tex texas|vt vermont|va virginia|wash washington|wva west virginia|wis wisconsin|wyo wyoming|
ont ontario|que quebec"""

STATES: dict[str, str] = {
    short: full for short, _, full in (pair.partition(" ") for pair in _STATES.replace("\n", "").split("|"))
}
"""The old abbreviations of American states and Canadian provinces, without dots, and their full names."""

_CAPITALS = """moscow russia|pyongyang north korea|seoul south korea|beijing china|tokyo japan|london britain|
paris france|berlin germany|rome italy|madrid spain|athens greece|warsaw poland|kyiv ukraine|kiev ukraine|
ankara turkey|tehran iran|baghdad iraq|damascus syria|cairo egypt|riyadh saudi arabia|tripoli libya|
islamabad pakistan|kabul afghanistan|new delhi india|ottawa canada|canberra australia|havana cuba|
caracas venezuela|brussels european union|brussels eu"""
CAPITALS: dict[str, str] = {
    city: country
    for city, _, country in (pair.partition(" ") for pair in _CAPITALS.replace("\n", "").split("|"))
}
"""Capitals whose names are written for those of their countries' governments."""

_SHORT_NAMES = """
james jim jimmy|william bill will billy|robert bob rob bobby|richard dick rick|thomas tom|michael mike|
joseph joe|joshua josh|edward ed ted|daniel dan danny|david dave|steven steve|stephen steve|
christopher chris|matthew matt|anthony tony|andrew andy drew|benjamin ben|bernard bernie|
charles charlie chuck|donald don|douglas doug|gregory greg|jeffrey jeff|kenneth ken|lawrence larry|
nicholas nick|
patrick pat|peter pete|philip phil|raymond ray|ronald ron|samuel sam|timothy tim|elizabeth liz|
katherine kate|deborah debbie|susan sue|margaret maggie|jennifer jen|rebecca becky|gerald jerry"""
SHORT_NAMES: dict[str, str] = {
    short: names.split()[0]
    for names in _SHORT_NAMES.replace("\n", "").split("|")
    for short in names.split()[1:]
}
"""What people are called for short, and their first names in full."""

ALIASES: dict[str, str] = {
    name: names.split("|")[0] for names in _ALIAS_GROUPS.splitlines() for name in names.split("|")
}
"""Each name of a group, and the group's first."""

_TRANSCRIPTIONS = """
raqqa raqa rakka raqqah|mohammed muhammad mohamed mohammad muhammed|gaddafi qaddafi gadhafi kadafi
qadhafi|hussein husein hussain|osama usama|hezbollah hizbollah hizbullah hezbullah|quran koran|tehran
teheran| aleppo halab|deir dayr|idlib idleb|homs hims|sergei sergey serguei|dmitry dmitri dmitriy dimitri|
yuri yury yuriy iouri|andrei andrey|alexei alexey aleksei aleksey|alexander aleksandr alexandr| vitaly
vitali vitaliy|nikolai nikolay|mikhail michail|kharkiv kharkov|lviv lvov|odesa odessa|dnipro dnepr|
volodymyr vladimir|zelensky zelenskiy zelenskyy zelenski|lukashenko lukashenka|tchaikovsky chaikovsky|
khrushchev khruschev|peking beijing|taleban taliban|pashto pushto|kandahar qandahar|abdallah abdullah|
yasser yasir|arafat arafaat|sanaa sana|houthi huthi|houthis huthis|jihad jehad|moslem muslim|moslems
muslims| tsar czar|hanoi hanoy|gothenburg goteborg|cologne koln|munich munchen|zurich zuerich|basel basle|
lyon lyons|marseille marseilles|ghent gent|antwerp antwerpen|bucharest bucuresti|krakow cracow|prague praha"""
TRANSCRIPTIONS: dict[str, str] = {
    name: names.split()[0]
    for names in _TRANSCRIPTIONS.replace("\n", " ").split("|")
    for name in names.split()
}
"""Each way of writing a foreign name, and the first of its group."""

_DEMONYMS = """
russian/russia syrian/syria american/america turkish/turkey french/france british/britain german/germany
iraqi/iraq iranian/iran israeli/israel chinese/china japanese/japan ukrainian/ukraine spanish/spain
italian/italy polish/poland dutch/netherlands greek/greece swiss/switzerland swedish/sweden danish/denmark
norwegian/norway finnish/finland irish/ireland scottish/scotland welsh/wales english/england canadian/canada
mexican/mexico brazilian/brazil indian/india pakistani/pakistan afghan/afghanistan saudi/saudi_arabia
egyptian/egypt lebanese/lebanon jordanian/jordan kuwaiti/kuwait libyan/libya korean/korea
north_korean/north_korea south_korean/south_korea vietnamese/vietnam thai/thailand australian/australia
european/europe african/africa asian/asia south_african/south_africa portuguese/portugal belgian/belgium
austrian/austria hungarian/hungary czech/czech_republic romanian/romania bulgarian/bulgaria serbian/serbia
croatian/croatia cuban/cuba venezuelan/venezuela argentine/argentina chilean/chile colombian/colombia
peruvian/peru nigerian/nigeria kenyan/kenya ethiopian/ethiopia somali/somalia sudanese/sudan yemeni/yemen
palestinian/palestine"""

DEMONYMS: dict[str, str] = {
    adjective.replace("_", " "): country.replace("_", " ")
    for adjective, _, country in (pair.partition("/") for pair in _DEMONYMS.split())
}
"""What belongs to a country, and the country."""

FORMAL_NAMES = {
    "Russian Federation": "Russia",
    "United Kingdom": "Britain",
    "United Arab Emirates": "UAE",
    "People's Republic of China": "China",
    "Republic of Korea": "South Korea",
    "Federal Republic of Germany": "Germany",
    "Islamic Republic of Iran": "Iran",
    "Kingdom of Saudi Arabia": "Saudi Arabia",
    "Syrian Arab Republic": "Syria",
    "Republic of Turkey": "Turkey",
    "French Republic": "France",
    "European Union": "EU",
}
"""Formal names that never stand without an article before a verb, and the short ones they are put in for."""
