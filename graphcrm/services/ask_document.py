"""The document about what to ask at an account, which every face gives alike."""

from graphcrm.records.question import Questions
from graphcrm.services.documents import Json, Translate


def questions_document(asked: Questions, translate: Translate) -> Json:
    """The questions with their sentences spelled out."""
    return {
        **asked.model_dump(mode="json"),
        "first": None if asked.first is None else translate(asked.first),
        "questions": [
            {**q.model_dump(mode="json"), "question": q.message.text(translate)} for q in asked.questions
        ],
    }
