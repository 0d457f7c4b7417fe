//! Which different words are known to be one name: short forms and spellings of other scripts, each written down.
//! Data, to be added to; a pair that is not here is not a variant.

/// How two given names are one, as words between them: "a short form of", "another spelling of".
pub(super) fn are_one_given_name(a: &str, b: &str) -> Option<&'static str> {
    if in_one(SHORT_FORMS, a, b) {
        return Some("a known short form, or the long form, of");
    }
    in_one(GIVEN_SPELLINGS, a, b).then_some("another spelling of")
}

/// The same for family names.
pub(super) fn are_one_family_name(a: &str, b: &str) -> Option<&'static str> {
    (in_one(FAMILY_SPELLINGS, a, b) || in_one(GIVEN_SPELLINGS, a, b)).then_some("another spelling of")
}

/// A word that comes and goes before a family name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Each line is one name.
fn in_one(lines: &str, a: &str, b: &str) -> bool {
    lines.lines().any(|line| {
        let has = |wanted: &str| line.split_whitespace().any(|word| word == wanted);
        has(a) && has(b)
    })
}

const PARTICLES: [&str; 35] = [
    "de", "da", "di", "do", "du", "del", "della", "dela", "das", "dos", "des", "d", "la", "le", "los", "las", "van",
    "von", "vom", "zu", "den", "der", "ter", "ten", "te", "t", "bin", "ibn", "bint", "al", "el", "ul", "ur", "y", "e",
];

const SHORT_FORMS: &str = "\
abigail abby gail
albert al bert bertie
alexander alex alec sandy xander sasha
alexandra alex sandra sasha lexi
alfred alf fred
alice ally
amanda mandy
andrew andy drew
angela angie
anthony tony
antonia toni
antonio toni tono
arthur art
barbara barb babs
benjamin ben benny
bernard bernie
beatrice bea trixie
caroline carrie caro
catherine cathy kate katie kitty cath
katherine kathy kate katie kitty kath
kathleen kathy kath
charles charlie chuck chas
charlotte lottie charlie
christine chris chrissie tina
christina chris tina
christopher chris kit topher
cynthia cindy
daniel dan danny
david dave davy dai
deborah debbie deb
dennis den
dmitri dima mitya
donald don donnie
dorothy dot dottie dolly
edward ed eddie ted teddy ned
eleanor ellie nell nora
elizabeth liz lizzie beth betty eliza libby elspeth bess lisa
emily em emmy
eugene gene
evelyn evie
florence flo florrie
frances fran fanny frankie
francis frank fran
francisco paco pancho
frederick fred freddie
gabriel gabe
geoffrey geoff
jeffrey jeff
george georgie
gerald gerry jerry
gregory greg
harold harry hal
helen nell nellie
henry harry hank hal
herbert herb bert
isabella bella izzy isa
jacob jake
jacqueline jackie
james jim jimmy jamie jem
janet jan
jean jeanie
jennifer jen jenny
jeremy jerry jem
jessica jess jessie
joanna jo
joanne jo
john jack johnny jon
jonathan jon jonny
joseph joe joey
jose pepe
josephine jo josie
joshua josh
judith judy
julia julie
kenneth ken kenny
kimberly kim
lawrence larry laurie
leonard len leo
leslie les
lillian lily
louis lou
louise lou
madeleine maddie
magdalena magda lena
margaret maggie meg peggy peg marge margie greta rita
maria mia
martha marty patty
martin marty
mary molly polly may
matthew matt
maximilian max
michael mike mick mickey misha
mikhail misha
mildred millie
nancy ann
natalie nat
nathaniel nat nathan nate
nicholas nick nicky
nicola nicky nikki
nikolai kolya
oliver ollie
olivia liv livvy
oluwaseun seun
oyinade oyin
oyinkansola oyin
pamela pam
patricia pat patty tricia trish
patrick pat paddy
penelope penny
peter pete
philip phil pip
philippa pippa pip
priscilla cilla
rachel rae
raymond ray
rebecca becky becca
reginald reg reggie
richard rick dick richie rich ricky
robert rob bob bobby robbie bert
roberta bobbie
roger rodge
ronald ron ronnie
rosemary rose rosie
samantha sam
samuel sam sammy
sarah sally sadie
sergei seryozha
sebastian seb
simon si
sofia sophie
stephanie steph
stephen steve stevie
steven steve stevie
susan sue susie suzy
susannah sue zanna
tatiana tanya
teresa terry tess tessa
theresa terry tess tessa
terence terry
theodore ted theo teddy
thomas tom tommy
timothy tim timmy
valerie val
veronica ronnie vera
victor vic
victoria vicky tori vic
vincent vince vinny
virginia ginny
vladimir volodya vova
walter walt wally
wilhelm willi
william will bill billy liam wills
winifred win winnie
yevgeny zhenya
zachary zach zack
";

const GIVEN_SPELLINGS: &str = "\
mohammed mohammad mohamed mohamad muhammad muhammed muhamad mohd md mehmed mehmet mahomed
ahmed ahmad ahmet
ali aly
hussain hussein husain husein hossain hosein huseyin
hassan hasan hasssan
omar umar omer
osman usman uthman othman
yusuf yousef youssef yusef yousuf yusof
ibrahim ebrahim ibraheem
abdul abdel abd abdoul
abdullah abdallah abdulla abdellah
abdulrahman abdurrahman abdelrahman abdurahman
khalid khaled
tariq tarek tarik
fatima fatimah fatma fatemeh fathima
aisha ayesha aysha aicha ayse
zainab zaynab zeinab zeynep
maryam mariam meryem
layla leila laila leyla
nur noor nour
sayed syed sayyid saeed said
jayanth jayant jayanta
lakshmi laxmi
krishna krishnan
sree sri shri shree
vijay wijay
dmitri dmitry dmitriy dimitri
sergei sergey serhii sergiy
aleksandr alexander oleksandr aleksander
aleksei alexei alexey oleksii
yuri yuriy iurii yury
mikhail mihail mykhailo
ekaterina yekaterina kateryna
yevgeny evgeny yevgeniy evgenii
natalia natalya nataliia
tatiana tatyana tetiana
xenia ksenia kseniya
catherine katherine kathryn katharine catharine
stephen steven
philip phillip
geoffrey jeffrey
anne ann anna
sarah sara
teresa theresa
rachel rachael
brian bryan
alan allan allen
john jon
marc mark
eric erik
karl carl
jose joseph
sian shan
siobhan shivaun
sean shaun shawn
aine anya
caitlin kaitlyn
xiaoming hsiaoming
";

const FAMILY_SPELLINGS: &str = "\
chan chen tan chin
wong wang huang hwang
lee li yi rhee
ng wu goh
cheung chang zhang teo
lam lin lim
leung liang neo
lau liu low
yeung yang
cheng zheng tay
chow zhou chou chew
kwok guo quek
tsang zeng
tse xie hsieh chia
tsui xu hsu
ho he
ma mah
choi cai tsai choy
yip ye
lo luo law
park bak pak
choe choi
jung jeong chung
yoon yun
nguyen nguyenn
patel patil
choudhury chowdhury chaudhry chaudhary choudhary chaudhuri chowdhry
banerjee banerji bandyopadhyay
mukherjee mukherji mukhopadhyay
chatterjee chatterji chattopadhyay
ganguly gangopadhyay
sheikh shaikh shaykh sheik
qureshi koreshi quraishi kureshi
siddiqui siddiqi siddique
sharif shareef sherif cherif charif
rahman rehman
hakim hakeem
aziz azeez
karim kareem
rashid rasheed
malik malek
khan kahn
iyer aiyar ayyar
reddy reddi
naidu nayudu
pillai pillay
shcherbakov scherbakov shcherbakoff
petrov petroff
ivanov ivanoff
oconnor connor
mcdonald macdonald
mackenzie mckenzie
mclean maclean
";
