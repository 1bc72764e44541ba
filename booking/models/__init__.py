"""The tables of the agenda, one noun per file."""

from booking.models.agent import Agent, Role
from booking.models.attente import Attente, Offre, OffreEtat
from booking.models.avis import Avis, AvisEtat, AvisKind
from booking.models.invitation import Invitation, InvitationEtat
from booking.models.motif import Motif, Notification, TypeMotif
from booking.models.plage import Absence, Plage
from booking.models.rdv import Hold, Occupation, Participation, Rdv, Statut
from booking.models.territoire import Lieu, NumeroSms, Organisation, Service, Territoire
from booking.models.trace import Empreinte, Trace
from booking.models.usager import Responsabilite, Usager

__all__ = [
    "Absence", "Agent", "Attente", "Avis", "AvisEtat", "AvisKind", "Empreinte", "Hold", "Invitation",
    "InvitationEtat", "Lieu", "Motif", "Notification", "NumeroSms", "Occupation", "Offre", "OffreEtat",
    "Organisation", "Participation", "Plage", "Rdv", "Responsabilite", "Role", "Service", "Statut", "Territoire",
    "Trace", "TypeMotif", "Usager",
]  # fmt: skip
