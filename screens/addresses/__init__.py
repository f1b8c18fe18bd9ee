"""The buttons' addresses. Prefixes are short and never reused: a button of last month must not open something else."""

from screens.addresses.announced import (
    Acknowledge as Acknowledge,
)
from screens.addresses.announced import (
    AskCancelAnnouncement as AskCancelAnnouncement,
)
from screens.addresses.announced import (
    AskRecallAnnouncement as AskRecallAnnouncement,
)
from screens.addresses.announced import (
    CancelAnnouncement as CancelAnnouncement,
)
from screens.addresses.announced import (
    ListReaders as ListReaders,
)
from screens.addresses.announced import (
    ListShares as ListShares,
)
from screens.addresses.announced import (
    PauseAnnouncement as PauseAnnouncement,
)
from screens.addresses.announced import (
    ReadAnnouncement as ReadAnnouncement,
)
from screens.addresses.announced import (
    RecallAnnouncement as RecallAnnouncement,
)
from screens.addresses.announced import (
    RemindReaders as RemindReaders,
)
from screens.addresses.announced import (
    ResumeAnnouncement as ResumeAnnouncement,
)
from screens.addresses.announced import (
    SendTable as SendTable,
)
from screens.addresses.announced import (
    TryAcknowledge as TryAcknowledge,
)
from screens.addresses.announcement_drafts import (
    AddToDraft as AddToDraft,
)
from screens.addresses.announcement_drafts import (
    ChangeDraft as ChangeDraft,
)
from screens.addresses.announcement_drafts import (
    DeleteDraft as DeleteDraft,
)
from screens.addresses.announcement_drafts import (
    KeepAsTemplate as KeepAsTemplate,
)
from screens.addresses.announcement_drafts import (
    ListDrafts as ListDrafts,
)
from screens.addresses.announcement_drafts import (
    OpenDraft as OpenDraft,
)
from screens.addresses.announcement_drafts import (
    RemoveDraftButton as RemoveDraftButton,
)
from screens.addresses.announcement_drafts import (
    RemoveDraftPart as RemoveDraftPart,
)
from screens.addresses.announcement_drafts import (
    SendDraft as SendDraft,
)
from screens.addresses.announcement_drafts import (
    UseTemplate as UseTemplate,
)
from screens.addresses.announcements import (
    ListAnnouncements as ListAnnouncements,
)
from screens.addresses.announcements import (
    OpenAnnouncement as OpenAnnouncement,
)
from screens.addresses.announcements import (
    OpenEventBelow as OpenEventBelow,
)
from screens.addresses.announcements import (
    OpenMenuBelow as OpenMenuBelow,
)
from screens.addresses.announcements import (
    OpenNetworkBelow as OpenNetworkBelow,
)
from screens.addresses.announcements import (
    OpenProductBelow as OpenProductBelow,
)
from screens.addresses.announcements import (
    ShowAnnouncement as ShowAnnouncement,
)
from screens.addresses.cards import (
    AskRemoveDocument as AskRemoveDocument,
)
from screens.addresses.cards import (
    ClassifyNetwork as ClassifyNetwork,
)
from screens.addresses.cards import (
    EditNetwork as EditNetwork,
)
from screens.addresses.cards import (
    FollowNetwork as FollowNetwork,
)
from screens.addresses.cards import (
    ListDocuments as ListDocuments,
)
from screens.addresses.cards import (
    RemoveDocument as RemoveDocument,
)
from screens.addresses.cards import (
    SendDocument as SendDocument,
)
from screens.addresses.consultations import (
    CONSULTATION_ADDRESSES as CONSULTATION_ADDRESSES,
)
from screens.addresses.consultations import (
    AskExpert as AskExpert,
)
from screens.addresses.consultations import (
    AskTyped as AskTyped,
)
from screens.addresses.consultations import (
    AssignExpert as AssignExpert,
)
from screens.addresses.consultations import (
    ChooseExpert as ChooseExpert,
)
from screens.addresses.consultations import (
    CloseConsultation as CloseConsultation,
)
from screens.addresses.consultations import (
    ListConsultations as ListConsultations,
)
from screens.addresses.consultations import (
    OpenConsultation as OpenConsultation,
)
from screens.addresses.consultations import (
    OpenQueue as OpenQueue,
)
from screens.addresses.consultations import (
    RateConsultation as RateConsultation,
)
from screens.addresses.consultations import (
    SayTyped as SayTyped,
)
from screens.addresses.consultations import (
    SendFiles as SendFiles,
)
from screens.addresses.consultations import (
    TakeConsultation as TakeConsultation,
)
from screens.addresses.delivery import (
    ListUndelivered as ListUndelivered,
)
from screens.addresses.delivery import (
    OpenUndelivered as OpenUndelivered,
)
from screens.addresses.delivery import (
    RetryUndelivered as RetryUndelivered,
)
from screens.addresses.dialogs import (
    DIALOG_ADDRESSES as DIALOG_ADDRESSES,
)
from screens.addresses.dialogs import (
    AnswerQuestion as AnswerQuestion,
)
from screens.addresses.dialogs import (
    AnswerTyped as AnswerTyped,
)
from screens.addresses.dialogs import (
    BeginDialog as BeginDialog,
)
from screens.addresses.dialogs import (
    CancelDialog as CancelDialog,
)
from screens.addresses.dialogs import (
    ChooseCorrection as ChooseCorrection,
)
from screens.addresses.dialogs import (
    CorrectAnswer as CorrectAnswer,
)
from screens.addresses.dialogs import (
    FinishDialog as FinishDialog,
)
from screens.addresses.dialogs import (
    QuestionBack as QuestionBack,
)
from screens.addresses.dialogs import (
    QuestionDone as QuestionDone,
)
from screens.addresses.dialogs import (
    ResumeDialog as ResumeDialog,
)
from screens.addresses.dialogs import (
    SkipQuestion as SkipQuestion,
)
from screens.addresses.dialogs import (
    TurnQuestion as TurnQuestion,
)
from screens.addresses.events import (
    AskLeaveEvent as AskLeaveEvent,
)
from screens.addresses.events import (
    InviteToEvent as InviteToEvent,
)
from screens.addresses.events import (
    LeaveEvent as LeaveEvent,
)
from screens.addresses.events import (
    ListEventPeople as ListEventPeople,
)
from screens.addresses.events import (
    ListEvents as ListEvents,
)
from screens.addresses.events import (
    ManageEvent as ManageEvent,
)
from screens.addresses.events import (
    OpenEvent as OpenEvent,
)
from screens.addresses.events import (
    SendEventFile as SendEventFile,
)
from screens.addresses.events import (
    SignUpForEvent as SignUpForEvent,
)
from screens.addresses.forms import (
    ManageForm as ManageForm,
)
from screens.addresses.forms import (
    ManageForms as ManageForms,
)
from screens.addresses.forms import (
    RemoveForm as RemoveForm,
)
from screens.addresses.home import (
    AskWithdrawConsent as AskWithdrawConsent,
)
from screens.addresses.home import (
    GiveConsent as GiveConsent,
)
from screens.addresses.home import (
    OpenConsentText as OpenConsentText,
)
from screens.addresses.home import (
    OpenHelp as OpenHelp,
)
from screens.addresses.home import (
    OpenMenu as OpenMenu,
)
from screens.addresses.home import (
    OpenProfile as OpenProfile,
)
from screens.addresses.home import (
    OpenWelcome as OpenWelcome,
)
from screens.addresses.home import (
    RefuseConsent as RefuseConsent,
)
from screens.addresses.home import (
    WithdrawConsent as WithdrawConsent,
)
from screens.addresses.invitations import (
    AcceptInvitation as AcceptInvitation,
)
from screens.addresses.invitations import (
    ListInvitations as ListInvitations,
)
from screens.addresses.invitations import (
    ListInvitationTopics as ListInvitationTopics,
)
from screens.addresses.invitations import (
    MakeInvitation as MakeInvitation,
)
from screens.addresses.invitations import (
    NewInvitation as NewInvitation,
)
from screens.addresses.invitations import (
    OpenInvitation as OpenInvitation,
)
from screens.addresses.invitations import (
    RevokeInvitation as RevokeInvitation,
)
from screens.addresses.invitations import (
    SendInvitationPicture as SendInvitationPicture,
)
from screens.addresses.joining import (
    AcceptAgreement as AcceptAgreement,
)
from screens.addresses.joining import (
    ApproveAll as ApproveAll,
)
from screens.addresses.joining import (
    ApproveApplication as ApproveApplication,
)
from screens.addresses.joining import (
    AskApproveAll as AskApproveAll,
)
from screens.addresses.joining import (
    ChooseJoinPolicy as ChooseJoinPolicy,
)
from screens.addresses.joining import (
    ChooseVisibility as ChooseVisibility,
)
from screens.addresses.joining import (
    ListApplications as ListApplications,
)
from screens.addresses.joining import (
    ListUnaccepted as ListUnaccepted,
)
from screens.addresses.joining import (
    ManageAgreement as ManageAgreement,
)
from screens.addresses.joining import (
    ManageJoining as ManageJoining,
)
from screens.addresses.joining import (
    OpenAgreement as OpenAgreement,
)
from screens.addresses.joining import (
    OpenApplication as OpenApplication,
)
from screens.addresses.joining import (
    OpenMember as OpenMember,
)
from screens.addresses.joining import (
    SetJoinPolicy as SetJoinPolicy,
)
from screens.addresses.joining import (
    SetVisibility as SetVisibility,
)
from screens.addresses.joining import (
    WithdrawApplication as WithdrawApplication,
)
from screens.addresses.networks import (
    AskLeaveNetwork as AskLeaveNetwork,
)
from screens.addresses.networks import (
    JoinNetwork as JoinNetwork,
)
from screens.addresses.networks import (
    LeaveNetwork as LeaveNetwork,
)
from screens.addresses.networks import (
    ListNetworks as ListNetworks,
)
from screens.addresses.networks import (
    MuteNetwork as MuteNetwork,
)
from screens.addresses.networks import (
    OpenForms as OpenForms,
)
from screens.addresses.networks import (
    OpenNetwork as OpenNetwork,
)
from screens.addresses.networks import (
    OpenNetworks as OpenNetworks,
)
from screens.addresses.organisations import (
    ConfirmOrganisation as ConfirmOrganisation,
)
from screens.addresses.organisations import (
    ListOrganisations as ListOrganisations,
)
from screens.addresses.organisations import (
    OpenAdmin as OpenAdmin,
)
from screens.addresses.organisations import (
    OpenOrganisation as OpenOrganisation,
)
from screens.addresses.participations import (
    AskDismissHead as AskDismissHead,
)
from screens.addresses.participations import (
    AskEndParticipation as AskEndParticipation,
)
from screens.addresses.participations import (
    AskPhone as AskPhone,
)
from screens.addresses.participations import (
    BringOrganisation as BringOrganisation,
)
from screens.addresses.participations import (
    DismissHead as DismissHead,
)
from screens.addresses.participations import (
    EndParticipation as EndParticipation,
)
from screens.addresses.participations import (
    ForgetPhone as ForgetPhone,
)
from screens.addresses.participations import (
    ListOrganisationEvents as ListOrganisationEvents,
)
from screens.addresses.participations import (
    ListOrganisationNetworks as ListOrganisationNetworks,
)
from screens.addresses.participations import (
    ListOrganisationPeople as ListOrganisationPeople,
)
from screens.addresses.participations import (
    ListOrganisationWorks as ListOrganisationWorks,
)
from screens.addresses.participations import (
    ListParticipations as ListParticipations,
)
from screens.addresses.participations import (
    OpenParticipation as OpenParticipation,
)
from screens.addresses.participations import (
    ReadForOrganisation as ReadForOrganisation,
)
from screens.addresses.participations import (
    SendScans as SendScans,
)
from screens.addresses.participations import (
    SetParticipationRole as SetParticipationRole,
)
from screens.addresses.products import (
    AskWithdrawProduct as AskWithdrawProduct,
)
from screens.addresses.products import (
    ListProductGroups as ListProductGroups,
)
from screens.addresses.products import (
    ListProducts as ListProducts,
)
from screens.addresses.products import (
    OpenProduct as OpenProduct,
)
from screens.addresses.products import (
    OpenProducts as OpenProducts,
)
from screens.addresses.products import (
    PublishProduct as PublishProduct,
)
from screens.addresses.products import (
    SendProductFiles as SendProductFiles,
)
from screens.addresses.products import (
    WithdrawProduct as WithdrawProduct,
)
from screens.addresses.registry import (
    AskMergePeople as AskMergePeople,
)
from screens.addresses.registry import (
    AskRegistryFile as AskRegistryFile,
)
from screens.addresses.registry import (
    ComparePeople as ComparePeople,
)
from screens.addresses.registry import (
    ListDoubts as ListDoubts,
)
from screens.addresses.registry import (
    MergePeople as MergePeople,
)
from screens.addresses.registry import (
    OpenDoubt as OpenDoubt,
)
from screens.addresses.registry import (
    OpenRegistry as OpenRegistry,
)
from screens.addresses.registry import (
    SendMembers as SendMembers,
)
from screens.addresses.registry import (
    SendRegistry as SendRegistry,
)
from screens.addresses.registry import (
    SendRegistryTemplate as SendRegistryTemplate,
)
from screens.addresses.registry import (
    SettleDoubt as SettleDoubt,
)
from screens.addresses.registry import (
    TakeRegistry as TakeRegistry,
)
from screens.addresses.roles import (
    AskDismissCoordinator as AskDismissCoordinator,
)
from screens.addresses.roles import (
    AskDismissExpert as AskDismissExpert,
)
from screens.addresses.roles import (
    DismissCoordinator as DismissCoordinator,
)
from screens.addresses.roles import (
    DismissExpert as DismissExpert,
)
from screens.addresses.roles import (
    ListCoordinators as ListCoordinators,
)
from screens.addresses.roles import (
    ListManaged as ListManaged,
)
from screens.addresses.roles import (
    ListMembers as ListMembers,
)
from screens.addresses.roles import (
    ListTopics as ListTopics,
)
from screens.addresses.roles import (
    ManageNetwork as ManageNetwork,
)
from screens.addresses.roles import (
    OpenTopic as OpenTopic,
)
from screens.addresses.settings import (
    AskDeleteMe as AskDeleteMe,
)
from screens.addresses.settings import (
    ChooseLanguage as ChooseLanguage,
)
from screens.addresses.settings import (
    ChooseQuietHours as ChooseQuietHours,
)
from screens.addresses.settings import (
    ConfirmDeleteMe as ConfirmDeleteMe,
)
from screens.addresses.settings import (
    DeleteMe as DeleteMe,
)
from screens.addresses.settings import (
    MuteNews as MuteNews,
)
from screens.addresses.settings import (
    OpenNews as OpenNews,
)
from screens.addresses.settings import (
    OpenPersonalData as OpenPersonalData,
)
from screens.addresses.settings import (
    OpenQuietHours as OpenQuietHours,
)
from screens.addresses.settings import (
    OpenSettings as OpenSettings,
)
from screens.addresses.settings import (
    SendMyData as SendMyData,
)
from screens.addresses.staying import (
    BELOW_ADDRESSES as BELOW_ADDRESSES,
)
from screens.addresses.staying import (
    STAYING_ADDRESSES as STAYING_ADDRESSES,
)
from screens.addresses.team import (
    AppointModerator as AppointModerator,
)
from screens.addresses.team import (
    AskDismissAdministrator as AskDismissAdministrator,
)
from screens.addresses.team import (
    AskDismissModerator as AskDismissModerator,
)
from screens.addresses.team import (
    DismissAdministrator as DismissAdministrator,
)
from screens.addresses.team import (
    DismissModerator as DismissModerator,
)
from screens.addresses.team import (
    ListAdministrators as ListAdministrators,
)
from screens.addresses.team import (
    OpenPeople as OpenPeople,
)
from screens.addresses.team import (
    OpenTeam as OpenTeam,
)
from screens.addresses.tree import (
    ManageTree as ManageTree,
)
