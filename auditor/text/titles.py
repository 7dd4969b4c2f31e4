"""Words that stand beside names without belonging to them, and words that hold long names together.

Data only, for ``names`` and ``quotations``.
"""

from __future__ import annotations

from auditor.text.abbreviations import STARTERS, words

# Offices and ranks: "Foreign Minister Ana Ruiz" is named Ana Ruiz.
ROLES = words(
    """
    President Minister Secretary Senator Congressman Congresswoman Representative Chancellor Ambassador
    Governor
    Premier Mayor Chairman Chairwoman Chair Director Commissioner Spokesman Spokeswoman Speaker Leader Whip
    Treasurer
    Envoy Administrator Superintendent Inspector Detective Constable Colonel Lieutenant Captain Sergeant
    Corporal
    Commander Admiral Brigadier Attorney Solicitor Comptroller Undersecretary Delegate Councilman Councilwoman
    Councillor Alderman Sheriff Coach Manager Professor Cardinal Archbishop Rabbi Imam Ayatollah Sheikh Editor
    Correspondent Reporter Writer Officer Executive Prosecutor Marshal CEO CFO Gen Sen Sens Rep Reps Gov
    Govs Lt Col
    Sgt Capt Maj Adm Cmdr Rev Prof Supt Insp Det Pres Atty Pvt Cpl Brig MP MEP Spokesperson Economist
    Analyst Historian
    """
)

# The same, but names as well: they count as offices only where a name begins with them.
LEADING_ROLES = words(
    """
    Mr Mrs Ms Miss Dr Sir Lord Lady Dame Baroness Baron King Queen Prince Princess Pope Judge Justice Major
    General Bishop
    Dean Earl Duke Duchess Emperor Emir Sultan Father Sister Brother Mother Saint Chief PC DC WPC Uncle
    Aunt Mullah Hon Fr
    Deputy Private Pastor Doctor Count Master Crown Agent Photographer Pollster Actor Actress Singer Author
    Activist
    Journalist Student Lawyer Solicitor Trooper Officer Patrolman Firefighter Nurse Reverend Father Sgt Cllr
    """
)

# They make one title with the office after them.
MODIFIERS = words(
    """
    Foreign Defense Defence Prime Vice Deputy First Second Former Acting Interim Finance Interior Home
    Press Majority
    Minority Assistant Associate Executive Managing Attorney Surgeon Secretary Chief Police Health
    Education Labor
    Labour Trade Energy Transport Transportation Agriculture Commerce Treasury Budget Environment Justice
    Security
    Information Culture Sports Economy Development Communications Political Senior Junior Under Shadow
    Permanent Crown
    Grand General Lieutenant Rear Staff Major National District Special Lead Regional Field Technical Co
    Presidential Opposition Cabinet
    """
)

# "Secretary of State John Doe": what may follow "of" inside a title.
OF_OFFICE = words(
    """
    State Defense Defence Staff Interior Education Labor Labour Commerce Energy Transportation Health
    Homeland Treasury
    Foreign Finance Justice Agriculture Veterans Trade Culture House
    """
)

# Bodies: a name that ends in one goes on after "of" and "for".
BODIES = words(
    """
    University Universities Bank House Ministry Department Institute College School Council Court
    Federation Church
    Chamber Board Bureau Office Center Centre Republic Republics Kingdom States Union Gulf Bay Sea Isle
    Isles City
    Cape Strait Battle Duke Duchess Prince Archbishop Bishop Commission Committee Association Academy
    Museum Society
    League Army Horn Rock Order Day War Statue Declaration Bill Sons Daughters Observatory Fund Campaign
    Organization
    Organisation Agency Foundation Network Coalition Alliance Party Movement Doctors Group Front
    Brotherhood Corps
    Company Hall Library Hospital District Port Province Region Convention Conference Congress Parliament
    Assembly
    Senate Knesset Duma Tower Bridge Archives Communities Confederation Guild Police Members Leader Knights
    Bar
    Secretary Chief Speaker Minister Director Head General Ministers Nations Free
    """
)

# They make a body of an office's name: "General Motors", "Justice Department".
NO_OFFICE = BODIES | words(
    """
    Motors Electric Mills Dynamics Affairs Services Service Administration Park Street Road Avenue Square
    Times Post
    News Tribune Herald Journal Star Jr Sr II III IV Island Islands River Lake Mountain Beach County
    Counties Town
    Airport Station Cup Prize Award Awards Medal Act Law Amendment Plan Deal Accord Treaty Jackson's
    """
)

DAYS = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"
)
MONTHS = words(
    """
    January February March April May June July August September October November December Jan Feb Mar Apr
    Jun Jul Aug
    Sep Sept Oct Nov Dec
    """
)
NAMES_AND_MONTHS = words("April May June August Jan")  # Theresa May, June Smith

DIRECTIONS = words("North South East West Northern Southern Eastern Western Central New Great")

# Capitalised for other reasons than being a name.
NEVER_NAMES = words(
    """
    I I'm I've I'll I'd I’m I’ve I’ll I’d OK Ok TV DVD CD Mr Mrs Ms Dr Sir AM PM A.M P.M a.m p.m Eds Ed No
    Nos vs VS
    GMT EST EDT CST PST ET PT BST CET Photo PHOTO Image Picture Video VIDEO FILE UPDATE UPDATED CORRECTION
    Editor's
    Editor’s Source Sources By BY Via From AD BC Internet Web Twitter:
    """
)

# Words that open sentences without being names, beyond those that are sure signs of a new sentence.
COMMON = STARTERS | words(
    """
    Allies Analysts Banks Britons Business Businesses Campaign Children Christmas Church Citizens City Company
    Companies Congressional Conservatives Construction Consumers Control Costs Court Courts Crime Customers
    Declarations Defense Demand Democracy Details Diplomats Doctors Economists Education Efforts Election
    Elections
    Employees Employers Energy Families Farmers Federal Fellow Fighting Figures Film Fire Firefighters
    Football
    Friends Funding Government Governments Growth Guests Half Health Hospitals Hundreds Industry Inflation
    Inside
    Insurance Interest Investors Journalists Judges Jurors Labor Lawmakers Lawyers Leaders Life Local Low
    Management
    Markets Media Members Men Military Ministers Money Mortgage Mothers Music National Negotiators News
    Nobody North
    Nuclear Oil Opposition Organizers Owners Parents Parents' Parliament Parties Passengers Patients Plans
    Players
    Pollsters Prices Prison Private Production Profits Protesters Protests Public Rebels Relations Relatives
    Religious Reporters Retail Rivals Sales School Schools Science Scientists Security Senators Senior
    Share Shares
    Ships Soldiers Sources South Spending Spokesmen State States Stocks Students Support Survivors Talks Taxes
    Taxpayers Teachers Teenagers Thousands Ties Tickets Tourists Trade Trading Traffic Troops Trustees
    Turnout Union
    Unions Unemployment University Users Victims Villagers Visitors Volunteers Wages War Warplanes Water
    Weapons
    Western White Whites Women Workers World Young Neighbours Neighbors Detectives Officers Firms Experts
    Friends
    Magistrates Mother Father Husband Wife Son Daughter Director Chairman Chief President Minister
    Secretary General
    Deputy Judge Dear Please Thank Hello Mum Dad Welcome Sorry Sure Look Listen Imagine Consider Remember
    Note See
    Take Make Get Go Come Keep Give Try Ask Call Stop Start Read Watch Click Sign Follow Join Share Right
    Left Yeah
    Hey Oh Well Ah Um Absolutely Obviously Certainly Clearly Actually Basically Unfortunately Fortunately
    Hopefully
    Interestingly Importantly Ultimately Additionally Alternatively Consequently Currently Formerly Generally
    Historically Initially Instead Lastly Likewise Nationally Nonetheless Normally Notably Occasionally
    Officially
    Often Originally Overnight Particularly Presumably Privately Publicly Regardless Reportedly Secondly
    Separately
    Specifically Thirdly Traditionally Typically Usually Five Six Seven Eight Ten Eleven Twelve Twenty
    Thirty Forty
    Fifty Sixty Seventy Eighty Ninety Hundred Three Four Dozens Millions Billions Ex Pro Anti Non Pre Post Mid
    """
)
