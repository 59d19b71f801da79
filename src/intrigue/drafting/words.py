"""Words of English by which a synopsis shows what a name names. Closed classes and common nouns, no names."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION = _words(
    """a an the this that these those my your his her its our their some any no every each either neither both all many much
    few several another other such what which who whom whose i you he she it we they me him us them himself herself itself
    themselves one two three four five six seven eight nine ten first second third last next and or but nor so yet for if
    unless because since although though while whereas when whenever where wherever until till once as than whether in on at
    by to from of off with without into onto upon over under above below between among through during before after behind
    beyond across around about against along near inside outside within toward towards despite except like unlike per via is
    are was were be been being am do does did has have had will would shall should can could may might must not never ever
    also too then there here now later soon meanwhile however therefore thus hence instead finally eventually suddenly
    afterwards afterward still again already just only even back away together perhaps maybe yes how why somehow somewhere
    someone somebody something everyone everybody everything anyone anybody anything nobody nothing none elsewhere
    originally initially ultimately unbeknownst according due thanks having being upon onto amid amidst throughout
    regardless following including years days weeks months hours minutes today tonight tomorrow yesterday same certain more
    most less least own"""
)
"""What begins a sentence with a capital and is no name."""

NAMESAKES = _words("will may per")
"""Words of these that are names where a capital is not due to the beginning."""

PARTICLES = _words(
    "de la le du des del della di da dos das do van von der den ter ten bin ibn al el af av zu"
)
"""Small words inside names."""

EPITHETS = _words("st saint old young little big")
"""Titles that are no office, so that another name may stand before them."""

CALENDAR = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march july september october
    november december christmas easter thanksgiving halloween english french german italian spanish russian chinese japanese
    american british european asian african god internet earth"""
)

TITLES = _words(
    """mr mrs ms miss dr doctor prof professor sgt sergeant lt lieutenant capt captain col colonel gen general maj major cpl
    corporal pvt private officer inspector insp detective det constable superintendent supt commissioner chief sheriff
    deputy agent warden judge senator governor mayor president king queen prince princess lord lady sir dame madam madame
    count countess baron baroness duke duchess emperor empress father sister brother mother uncle aunt auntie grandma
    grandpa granny reverend rev pastor bishop archbishop cardinal pope abbot abbess rabbi imam saint st old young little big
    master mistress comrade commander cmdr commandant admiral commodore brigadier marshal ensign cadet chancellor ambassador
    consul viscount viscountess marquis marquise earl tsar tsarina sultan sheikh"""
)
"""What stands before a person's name, with a capital of its own."""

PERSON_NOUNS = _words(
    """man woman boy girl child kid baby guy lady gentleman person cop killer assassin hitman gunman detective policeman
    policewoman officer inspector sergeant agent spy thief burglar robber criminal gangster mobster boss leader chief head
    mastermind villain hero heroine doctor nurse surgeon scientist professor teacher student pupil lawyer judge journalist
    reporter writer author poet painter artist singer dancer actor actress musician pianist cook chef waiter waitress driver
    pilot sailor captain soldier general guard bodyguard warden prisoner inmate convict servant maid butler secretary
    assistant apprentice clerk banker merchant dealer trader shopkeeper owner manager director businessman businesswoman
    tycoon millionaire farmer hunter fisherman priest nun monk king queen prince princess knight wizard witch husband wife
    widow widower fiance fiancee fiancé fiancée boyfriend girlfriend lover bride groom friend enemy rival partner colleague
    comrade neighbour neighbor companion ally mentor brother sister mother father parent son daughter uncle aunt cousin
    nephew niece grandfather grandmother grandson granddaughter stepmother stepfather stepson stepdaughter twin orphan heir
    heiress victim master mistress roommate classmate tenant landlord landlady hostage witness suspect supervisor
    subordinate henchman right-hand accomplice informer informant hypnotist psychologist psychiatrist therapist scholar
    librarian engineer mechanic inventor astronaut explorer stranger traveller traveler vampire ghost robot android cyborg
    named called dubbed nicknamed"""
)
"""What is said of persons: `the cop Ken`, `Ken, a cop`."""

PERSONAL = _words(
    """brother sister mother father son daughter wife husband widow uncle aunt cousin friend friends girlfriend boyfriend lover
    fiancee fiance partner boss colleague enemy family parents children child kids men man henchmen subordinate subordinates
    bodyguard driver doctor lawyer heart eyes eye hand hands face body arm arms leg legs head hair voice life death love
    wounds wound injuries mind memory memories identity cover past home house apartment room car secret plan plans feelings
    anger grief crime crimes name request help condition"""
)
"""What persons have, so that a name with `'s` before it is that of a person."""

PLACE_NOUNS = _words(
    """city town village country island street road avenue square river lake mountain mountains hill bay harbour harbor port
    station airport hotel hospital prison jail church cathedral castle palace tower bridge park forest desert sea ocean
    school university college museum theatre theater club bar restaurant casino market bank embassy court county state
    province district region coast beach valley border building house mansion villa apartment centre center"""
)
GROUP_NOUNS = _words(
    """company corporation bank agency department police force army navy squad unit team gang mafia mob cartel triad syndicate
    organisation organization party government ministry church order society club council committee press times newspaper
    university institute foundation group family clan brotherhood empire"""
)
PLACED = _words(
    "in at into inside within throughout across near outside around through via beyond toward towards"
)
"""Before the name of a place, where persons seldom stand."""

TO_PERSONS = _words(
    """tell tells told ask asks asked love loves loved hate hates hated marry marries married meet meets met kill kills killed
    murder murders murdered shoot shoots shot stab stabs stabbed help helps helped save saves saved rescue rescues rescued
    arrest arrests arrested kidnap kidnaps kidnapped confront confronts confronted threaten threatens threatened convince
    convinces convinced persuade persuades persuaded warn warns warned inform informs informed follow follows followed
    betray betrays betrayed join joins joined beat beats kiss kisses kissed protect protects protected hire hires hired
    trust trusts trusted visit visits visited call calls called phone phones phoned accuse accuses accused blame blames
    blamed forgive forgives forgave befriend befriends befriended seduce seduces seduced blackmail blackmails blackmailed
    poison poisons poisoned chase chases chased comfort comforts comforted attack attacks attacked capture captures captured
    free frees freed promise promises promised thank thanks thanked offer offers offered show shows showed invite invites
    invited bribe bribes bribed with named between"""
)
"""Before the name of a person."""

VERBS = _words(
    """is was has had does did will would can could may might must becomes became goes went comes came gets got gives gave
    takes took makes made finds found knows knew thinks thought sees saw hears heard feels felt leaves left keeps kept
    begins began runs ran falls fell dies died tells told says said meets met brings brought buys bought sells sold steals
    stole breaks broke drives drove draws drew writes wrote speaks spoke sits sat stands stood sleeps slept wakes woke wins
    won loses lost fights fought hides hid holds held leads led lies lay sends sent shoots shot understands understood grows
    grew throws threw catches caught flees fled kills cries cried"""
)
"""Verbs behind a subject, beside all that end in -s and -ed."""

ACTS = _words(
    """decides realises realizes discovers agrees refuses admits confesses promises believes suspects remembers wants hopes
    tries attempts manages learns plans escapes arrives returns kills loves hates tells asks says thinks knows cries weeps
    smiles decided realised realized discovered agreed refused admitted confessed promised believed suspected remembered
    wanted hoped tried attempted managed learned planned escaped arrived returned killed loved hated told asked said thought
    knew cried wept smiled dies died falls fell wakes woke"""
)
"""What only somebody does."""

SPEECH = _words(
    """says said shouts shouted cries cried asks asked answers answered replies replied whispers whispered yells yelled screams
    screamed mutters muttered murmurs murmured begs begged calls called"""
)
"""Between what is quoted and who says it."""

SETTING = _words(
    """after before when while once during meanwhile later eventually finally years months weeks days hours the next one some
    many two three four five following in at on back elsewhere soon upon suddenly inside outside"""
)
"""A sentence that begins with one of these may begin a scene."""
