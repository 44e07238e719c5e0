"""What the office knows: data/knowledge as typed, checked, frozen values."""

from bot.errors import KnowledgeError
from bot.knowledge.book import Knowledge
from bot.knowledge.documents import Document
from bot.knowledge.faq import Faq
from bot.knowledge.loader import load_knowledge
from bot.knowledge.office import Office
from bot.knowledge.overrides import DEFAULT_OFFICE
from bot.knowledge.services import Delivery, Need, Requirement, Service
from bot.knowledge.submissions import Option, Paper, Question, SubmissionForm
from bot.knowledge.taxonomy import Family, Intent
from bot.knowledge.templates import Template, load_templates

__all__ = [
    "DEFAULT_OFFICE",
    "Delivery",
    "Document",
    "Family",
    "Faq",
    "Intent",
    "Knowledge",
    "KnowledgeError",
    "Need",
    "Office",
    "Option",
    "Paper",
    "Question",
    "Requirement",
    "Service",
    "SubmissionForm",
    "Template",
    "load_knowledge",
    "load_templates",
]
