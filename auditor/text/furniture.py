"""What page furniture, captions and credit lines look like.

Patterns only: ``passages`` decides where they apply. They are bounded in length, so that hostile text costs
no more than other text.
"""

from __future__ import annotations

import re
from functools import cache

from auditor.text.abbreviations import words

# Lines, or sentences, that are furniture when nothing else stands in them.
WHOLE = r"""\W*(?:
    advert(?:isement|ising|isment)?s?|adverti[sz]ement(?:\W+continue\ reading\ the\ main\ story)?
      |ads?\ by\ \w+
    |sponsored(?:\ (?:content|links?|by\ [\w ]{1,30}))?|promoted(?:\ (?:content|stories))?|paid\ content
      |partner\ content
    |share\ (?:this|on|via|the)\b.{0,60}|(?:share|tweet)\ this
    |read\ (?:more|next|also|on|full\ story|the\ full\ (?:story|article))(?:\ (?:here|stories?))?
    |(?:story|article|post|text)\ continue[sd]\ (?:below|after)(?:\ (?:the\ )?(?:advert(?:isement)?|ad
      |video|gallery))?
    |continue(?:\ reading)?(?:\ (?:the\ main\ story|below|after\ (?:the\ )?(?:advert|ad)\w*))?
    |scroll\ down\ (?:for|to)\b.{0,60}|skip\ (?:to|past|advert)\b.{0,60}|back\ to\ top|jump\ to\ .{1,40}
    |(?:most|top|more|latest|popular|trending|related|recommended|featured|editor[’']?s?)\ ?(?:read
      |popular|viewed|shared
       |stories|articles|news|videos?|headlines|topics|posts|picks?|content|coverage|links|now|searches
         |tags)(?:\ .{0,30})?
    |related|trending|recommended(?:\ for\ you)?|you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested\ in)
    |more\ (?:on\ this(?:\ (?:story|topic))?|from\ .{1,40}|like\ this|to\ read)|also\ (?:read|see|on\ .{1,40})
    |story\ highlights|just\ watched|must\ (?:watch|read|see)|replay\ more\ videos|(?:hide|toggle
      |show)\ caption
    |(?:must|just)\ watch(?:ed)?\b.{0,80}\d\d:\d\d|enlarge\ this\ image|view\ (?:gallery|image|comments
      |more|slideshow|photos)|show\ (?:more|comments|less|all)
    |(?:leave|post|add)\ a\ comment|\d+\ (?:comments?|shares?|likes?|retweets?|views?
      |replies)(?:\W+\d+\ \w+){0,4}
    |\d+\ (?:min(?:ute)?s?\ (?:read|ago)|hours?\ ago|days?\ ago|weeks?\ ago|months?\ ago|years?\ ago)
    |(?:next|prev|previous)?\ ?(?:image|photo|slide)\ \d+\ of\ \d+
      |(?:hide\ caption\ )?\d+\ of\ \d+(?:\ photos?)?
    |pull ?quote|audio-?clip|video-?clip|soundbite|infographic|tags?:?|topics?:?|filed\ under:?.{0,60}|advert
    |all\ rights\ reserved|terms\ (?:of|and)\ \w+(?:\ .{0,40})?|privacy\ policy|cookie\ (?:policy|settings
      |notice)
    |accept(?:\ all)?(?:\ cookies)?|i\ (?:agree|accept)|(?:we\ )?value\ your\ privacy|got\ it
      |manage\ newsletters?
    |(?:first\ )?(?:published|updated|posted|last\ (?:updated|modified))(?:\ (?:on
      |at))?:?\ [^a-z]{0,6}[\w,.:/ -]{0,50}\d[\w,.:/ -]{0,40}
    |this\ article\ is\ more\ than\ \d+\ (?:years?|months?)\ old|breaking\ news\ alert|live\ updates?|live
    )\W*"""

# A line made of nothing but these words is a row of buttons, or the end mark of a wire item ("end", "mfl").
BUTTONS = words(
    """
    share tweet print email e mail save like pin it reply retweet comment comments facebook twitter linkedin
    pinterest reddit whatsapp google tumblr telegram instagram youtube copy link more close menu search home
    next previous prev back log in login sign signin register subscribe donate loading play pause mute replay
    video videos photo photos gallery image images audio x flipboard messenger bluesky rss embed download
    listen watch transcript top end ends mf mfl mtf
    """
)

# Short lines, or sentences, that begin like this are furniture whatever follows.
OPENING = r"""[^\w"“'‘]{0,12}(?:
    read\ (?:more|next|also|the\ full\ (?:story|article|text))\b\s*[:>»…|–-]|read\ more\ (?:at|on|from
      |about|here|in)\b|related(?:\ \w+)?\s?:
    |see\ also\s?:|also\ (?:on|read|see)\b.{0,40}:|more\s?:|more\ on\ this\b|watch\s?:|watch\ (?:more
      |the\ (?:video|latest)|live)\b
    |listen\s?:|photos\s?:\ |videos?\s?:|gallery\s?:|slideshow\s?:|quiz\s?:|in\ pictures\s?:
      |special\ coverage\s?:|don[’']t\ miss\s?:
    |sign\ up\ (?:for|to|here|now|today)\b|sign\ up\ and\b|subscribe\ (?:to|now|here|today|for)\b
      |get\ (?:our|the)\b.{0,60}\b(?:newsletters?|inbox|app|alerts?)\b
    |(?:please\ )?(?:follow|like|join|find|visit|friend)\ (?:us|me|him|her|them)\ (?:on|at|@)
      |follow\ (?:@\w|[\w’'.-]+(?:\ [\w’'.-]+){0,4}\ on\ (?:twitter|facebook|x|instagram|social))
    |(?:-\ )?follow\ the\b.{0,60}\bon\ twitter|join\ the\ (?:conversation|discussion|debate)
    |click\ (?:here|on|to|for)\b|tap\ (?:here|to)\b|swipe\ (?:left|right|to)\b|download\ (?:our
      |the)\b.{0,40}\bapp\b
    |(?:this|our)\ (?:web)?site\ uses\ cookies|we\ (?:and\ our\ partners\ )?use\ cookies|by\ (?:continuing
      |using|clicking|browsing|subscribing|signing)\b.{0,80}\b(?:cookies|agree|accept|consent)
    |you\ (?:have|have[’']ve|are)\ (?:successfully\ )?(?:subscribed|signed\ up|reached\ your)
      |please\ (?:enable|turn\ on|log\ in|sign\ in|enter|re-enter|try\ again)
    |(?:thank\ you|thanks)\ for\ (?:subscribing|signing|reading)|support\ (?:our|independent)\ journalism
      |become\ a\ (?:member|subscriber)
    |(?:have|got)\ (?:a\ )?(?:question|tip|story|news\ tip)\b.{0,60}(?:\?|@|e-?mail|contact)|(?:want
      |for)\ more\b.{0,60}(?:\?|inbox|visit|sign\ up|click)
    |recommended\ (?:for|stories|videos|reading)|trending\ (?:now|stories|on)|poster=|https?://\S{1,300}$
      |pic\.twitter\.com/
    |free\ newsletter|newsletter\ sign|daily\b.{0,40}\bdelivered\ to\ your\ inbox|your\ (?:email
      |ad\ ?choices|browser)\b.{0,60}
    |this\ (?:content|video|embed|feature)\ (?:is|was|isn[’']t|could)\ (?:not\ )?(?:available|supported
      |originally|played|be\ loaded)
    )"""


@cache
def cased(pattern: str, *, is_ascii: bool) -> re.Pattern[str]:
    """The pattern, in whatever case it is written, for texts of ASCII in lower case or for any others.

    Where no case has to be ignored, alternatives are told apart by their first letters: twice as fast.
    """
    return re.compile(pattern, re.VERBOSE if is_ascii else re.VERBOSE | re.IGNORECASE)


def is_furniture(said: str) -> bool:
    """Is this line or sentence furniture when nothing else stands in it?"""
    is_ascii = said.isascii()
    if is_ascii:
        said = said.lower()
    whole, opening = cased(WHOLE, is_ascii=is_ascii), cased(OPENING, is_ascii=is_ascii)
    return bool(whole.fullmatch(said) or opening.match(said))


# Furniture that was caught inside running text, where a sentence begins.
INSERTED = re.compile(
    r"""(?<![^\W_])(?:
    (?:ADVERTISEMENT|Advertisement)(?:\ Continue\ reading\ the\ main\ story)?:?(?=\s*["“]?[A-Z]|\s*$)
    |(?:[Ss]tory|[Aa]rticle)\ (?:[Cc]ontinues
      |[Cc]ontinued)\ [Bb]elow(?:\ [Aa]dvertisement)?(?=\s*["“]?[A-Z]|\s*$)
    |Continue\ reading\ the\ main\ story
    |Share\ (?:this\ (?:article|story|post|page)|on\ (?:Facebook|Twitter|WhatsApp
      |LinkedIn))(?=\s*["“]?[A-Z]|\s*$)
    )""",
    re.VERBOSE,
)
INSERTED_HINTS = ("dvertisement", "DVERTISEMENT", "ontinue", "Share this", "Share on")

# The same in brackets: "(Also on …: …)", "[Related: …]".
BRACKETED = re.compile(
    r"""[(\[]\s?(?:(?:Also|ALSO)\ (?:on|ON|read|READ)|RELATED|Related|PHOTOS?|VIDEO|Video|WATCH|Watch|READ
      |Read\ more
    |READ\ MORE|MORE|SEE\ ALSO|See\ also|QUIZ|LISTEN|GALLERY|Click\ here)\b[^()\[\]]{0,200}[)\]]""",
    re.VERBOSE,
)

_AGENCY = (
    r"(?:AP|AFP|EPA|PA|AAP|CP|REUTERS|Reuters|Getty|GETTY|Bloomberg|dpa|DPA|Xinhua|TASS|Tass|ITAR-TASS"
    r"|RIA\ Novosti|Sputnik|Anadolu|Rex|REX|Shutterstock|Alamy|WireImage|FilmMagic|Corbis|NurPhoto|ZUMA|Zuma"
    r"|Polaris|Redux|Sipa|SIPA|Associated\ Press|Press\ Association|Agence\ France-Presse"
    r"|European\ Pressphoto\ Agency|Kyodo|Yonhap|ANSA|EFE|ANP|NTB|TT|Ritzau|Scanpix|Staff|Handout|Pool"
    r"|(?:The\ )?(?:Washington\ Post|New\ York\ Times|Los\ Angeles\ Times|Boston\ Globe|Guardian|Times))"
)

# A picture's credit, wherever it stands.
PHOTO_CREDIT = re.compile(
    rf"""(?:\b(?:Photo(?:graph)?|PHOTO|Picture|PICTURE|Image|IMAGE|Pic)s?(?:\s[Cc]redit)?(?:\s?:|\s[Bb]y\b
      |\s[Cc]ourtesy\b|\s?/)\s?(?=\S)
    |\b{_AGENCY}\ (?:Photos?|PHOTO|File\ Photo|Images?|Video)\s?(?:/|by\b|$|[).\]])
    |(?<=[\w.)])\ ?/\ ?{_AGENCY}\b(?!\s(?:poll|survey|News\ (?:poll|survey)))
    |\bREUTERS/[A-Z][\w.’'-]+|\bGetty\ Images\b|\b(?:via|from)\ (?:AP|AFP|Getty|Reuters|REUTERS)\b(?=\W*$)
    |\bGETTY\b|\b(?:EPA|REX|Shutterstock|Alamy)\W*$
    |\b[Ff]ile\ (?:photo|picture|image)\b|\bFILE\ (?:PHOTO|-|–|—)|\(FILES?\)
    |\b[Tt]oggle\ caption\b|\bHide\ [Cc]aption\b|\bImage\ (?:copyright|caption|source)\b
      |\b[Ee]nlarge\ this\ image\b
    |\b(?:Photograph(?:s|er)?|Credit)\s?:\s)""",
    re.VERBOSE,
)

# Without one of these, a text holds no picture's credit.
PHOTO_HINTS = (
    *(
        "Photo",
        "PHOTO",
        "Pic",
        "PIC",
        "Image",
        "IMAGE",
        " image",
        "/",
        "Getty",
        "GETTY",
        "EPA",
        "REX",
        "Shutterstock",
    ),
    *(
        "Alamy",
        "ile photo",
        "ile picture",
        "ile image",
        "FILE",
        "aption",
        "Credit",
        "via A",
        "via G",
        "via R",
    ),
    *("from A", "from G", "from R"),
)

# A picture's credit in brackets: cut out of running text.
BRACKETED_PHOTO = re.compile(
    rf"""[(\[](?:{_AGENCY}(?:\ (?:Photos?|File\ Photo|Images?))?\s?/[^()\[\]]{{1,80}}|{_AGENCY}\ (?:Photo
      |Images)s?
    |(?:Photo(?:graph)?|Picture|Image|Credit|Pic)s?(?:\ [Cc]redit)?(?::|\ [Bb]y\b
      |\ [Cc]ourtesy)[^()\[\]]{{1,120}}
    |[^()\[\]/]{{2,40}}/{_AGENCY}[^()\[\]]{{0,40}}|(?:[Ff]ile|FILE)\ (?:photo|picture
      |PHOTO)[^()\[\]]{{0,60}})[)\]]""",
    re.VERBOSE,
)

# An agency's mark glued to the caption after it: "GETTY*IGThe minister …". It goes on to the line's end.
GLUED_CAPTION = re.compile(
    r"""(?<![^\W_])(?:GETTY(?:\ IMAGES)?|AFP|EPA|PA|AP|REX|ALAMY|SHUTTERSTOCK|REUTERS|SPLASH|WENN
      |INSTAGRAM|TWITTER
    |FACEBOOK|PRESS\ ASSOCIATION)(?:[*•·/+|-][A-Z*•·/]{0,24})?(?=[A-Z][a-z]{1,20}\s)""",
    re.VERBOSE,
)

# What opens a caption.
CAPTION_OPENING = re.compile(
    r"""\W*(?:Image\ (?:copyright|caption|source)|Enlarge\ this\ image|[Tt]oggle\ caption|FILE\b
      |Caption\s?:|CAPTION
    |Pictured\b|PICTURED\b|File\ photo|Photo\ caption
    |In\ this\ (?:\w+\.?\ )?(?:\d+,?\ )?(?:\d{4},?\ )?(?:file\ )?(?:photo|picture|image|frame))""",
    re.VERBOSE,
)

# A slug, as content systems name pictures: "minister-visit", "img_2041.jpg".
_PICTURE_FILE = r"\.(?:jpe?g|png|gif|webp)"
SLUG = re.compile(rf"[a-z0-9]+(?:[-_][a-z0-9]+){{1,7}}(?:{_PICTURE_FILE})?|[\w -]{{1,60}}{_PICTURE_FILE}")

# A line, or a last sentence, that says who wrote, sent or owns the text.
CREDIT = re.compile(
    r"""[\W_]{0,12}(?:
    sources?\s?:\s?\S.{0,80}$|via\s?:\s?\S.{0,60}$|(?:©|\(c\)|copyright\b|&copy;).{0,200}$|[–—-]\s?(?:©|\(c\))
    |(?:additional\ |further\ )?(?:reporting|writing|editing)\ (?:and\ (?:writing|editing
      |reporting)\ )?(?:in\ [\w ]{1,30}\ )?by\ (?-i:[A-Z])
    |(?:compiled|edited|written|translated)\ by(?-i:\ [A-Z][\w.’'-]{0,30}|\ and|,){1,8}\W*$
    |with\ (?:files|reporting|additional\ (?:files|reporting|material|information)|inputs?|material
      |contributions?|agency\ inputs?|information)\ (?:from|by)\b
    |contribut(?:ing|ed|ors?)\s?(?::|by\b|to\ this)|(?:material|information
      |reports?)\ from\b.{1,80}\b(?:was|were|is)\ (?:used|included)
    |.{1,300}\bcontributed\b.{0,20}\bto\ (?:this|the)\ (?:report|article|story|post|piece|dispatch)
    |this\ (?:story|article|piece|post|column|report(?=.{0,30}\b(?:first|originally)\b))\ (?:(?:has|been
      |was|is|also|first|originally|initially)\ ){0,4}
       (?:appeared|published|produced|provided|republished|reprinted|distributed|syndicated|written
         |reported|adapted)\b
    |(?:first|originally)\ (?:appeared|published|posted)\ (?:in|on|by|at)\b|(?:distributed|provided
      |syndicated|supplied|powered)\ by\ (?-i:[A-Z])
    |this\ (?:material|report)\ may\ not\ be\ published|all\ rights\ reserved
    |special\ (?:to|for)\ (?-i:(?:[Tt]he\ )?[A-Z])|from\ (?:news|wire|staff|agency
      |combined)\b.{0,30}\b(?:services?|reports?|dispatches)\W*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# "By Ana Ruiz", "By JOHN DOE, Associated Press", "Ana Ruiz in Lisbon"; read only near the head of a text.
_NAME = r"[A-Z][\w.’'/@-]*"
_PARTICLE = r"de|van|von|der|al|bin"
_STAFF = r"staff|writer|correspondent|reporter|editor|and|AND|in|for|of|the"
BYLINE = re.compile(
    rf"(?:By|BY|Von|Par|Por|Di)\s(?:{_NAME}|{_PARTICLE})"
    rf"(?:\s(?:{_NAME}|{_PARTICLE}|{_STAFF}|[,|&/–—-])|[,|/]){{0,18}}\W*"
)
