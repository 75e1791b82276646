//! What one may do at the desk or by the API, and how far an account's appointments reach with it. Who may
//! is said by policies (`catalog/access/desk.cedar`), which the room `access` asks.

/// Declares the actions with their codes.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Something that one may do at the desk or by the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// Every action.
            pub const ALL: &[Action] = &[$(Action::$name),*];

            /// The code in policies.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Action::$name => $code),* }
            }
        }
    };
}

actions! {
    /// See which files came.
    SubmissionList = "submission-list",
    /// Send a file.
    SubmissionCreate = "submission-create",
    /// Read a receipt.
    SubmissionRead = "submission-read",
    /// Take back what was sent in error, and undo that.
    SubmissionRecall = "submission-recall",
    /// Read one's own agency's facts on a subject and correct them with a document.
    FactCorrect = "fact-correct",
    /// Read rejected rows.
    RejectRead = "reject-read",
    /// Mend a rejected row in place.
    RejectMend = "reject-mend",
    /// See which facts wait.
    HoldList = "hold-list",
    /// See which snapshots wait for a second officer.
    SnapshotList = "snapshot-list",
    /// Confirm what a snapshot removes.
    SnapshotConfirm = "snapshot-confirm",
    /// See questions of identity.
    QuestionList = "question-list",
    /// Decide who is who, and take it back.
    QuestionDecide = "question-decide",
    /// Read a supplier's quality figures.
    QualityRead = "quality-read",
    /// See which grants an agency asked for or was asked for.
    GrantList = "grant-list",
    /// Ask for a grant, dispute a refusal, take a request back, give a grant up.
    GrantAsk = "grant-ask",
    /// Answer what an agency is asked for, and end what it granted.
    GrantDecide = "grant-decide",
    /// Decide disputes between agencies.
    GrantSettle = "grant-settle",
    /// Look a subject up under a grant.
    LookupMake = "lookup-make",
    /// Hand a subject its own file at the service window, and who looked at it.
    OwnFile = "own-file",
    /// Write what is on file of a theme and in public view for the platform above.
    Forward = "forward",
    /// Grade organisations by a model that an authority adopted, and try out its next version.
    Grade = "grade",
    /// See by which decisions subjects are told later of looks.
    DeferralList = "deferral-list",
    /// Decide that subjects are told later of the looks for one case.
    DeferralDecide = "deferral-decide",
    /// See cases on legal clocks: objections, appeals, and what waits for whom.
    LegalList = "legal-list",
    /// Answer, for the supplier, a case about its fact.
    LegalAnswer = "legal-answer",
    /// Take cases in, forward or refuse them, for the centre; file one at the service window.
    LegalHandle = "legal-handle",
    /// Review, for the authority above, what supplier or centre decided.
    LegalReview = "legal-review",
    /// Look for the cases of one subject, by its code.
    LegalFind = "legal-find",
    /// Take a table of cases out as a file.
    LegalExport = "legal-export",
    /// See which facts that an agency looked at are not to be used any more, and what was acknowledged.
    ReceiptList = "receipt-list",
    /// Say for an agency that it stopped using a fact.
    ReceiptGive = "receipt-give",
    /// Load the register of an agency's cases.
    CaseLoad = "case-load",
    /// See whose look-ups stand out.
    LookAudit = "look-audit",
    /// Hand out a natural person's own report at the service window.
    PersonReport = "person-report",
    /// Record a natural person's consent at the service window, and its withdrawal.
    PersonConsent = "person-consent",
    /// Erase what is held of a natural person, by a decision.
    PersonErase = "person-erase",
    /// See all announcements, and what became of them.
    AnnouncementList = "announcement-list",
    /// Publish an announcement of the centre, and withdraw one.
    AnnouncementPublish = "announcement-publish",
    /// See who has an account.
    PeopleList = "people-list",
    /// Invite, appoint, suspend, end.
    PeopleMove = "people-move",
    /// See who acts for a subject.
    MandateList = "mandate-list",
    /// Record a legal representative at the service window, and end one.
    MandateRecord = "mandate-record",
}

/// How far an account reaches with one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// These agencies, each with the themes it is limited to (none: all). Empty: nowhere.
    Own(Vec<(String, Vec<String>)>),
    /// Everywhere.
    All,
}

impl Reach {
    /// Whether it reaches anything.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Reach::Own(own) if own.is_empty())
    }

    /// Whether it reaches an agency's theme.
    #[must_use]
    pub fn covers(&self, agency: &str, theme: &str) -> bool {
        match self {
            Reach::All => true,
            Reach::Own(own) => own.iter().any(|(one, themes)| {
                one == agency && (themes.is_empty() || themes.iter().any(|code| code == theme))
            }),
        }
    }

    /// Whether it reaches something of an agency.
    #[must_use]
    pub fn touches(&self, agency: &str) -> bool {
        match self {
            Reach::All => true,
            Reach::Own(own) => own.iter().any(|(one, _)| one == agency),
        }
    }

    /// The agencies it is limited to, each once; `None` where it is not limited.
    #[must_use]
    pub fn agencies(&self) -> Option<Vec<&str>> {
        match self {
            Reach::All => None,
            Reach::Own(own) => {
                let mut codes: Vec<&str> = own.iter().map(|(one, _)| one.as_str()).collect();
                codes.dedup();
                Some(codes)
            }
        }
    }
}
