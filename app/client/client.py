"""One object for the whole HTTP interface."""

from app.client.annotations import Annotations
from app.client.exchange import Exports, Imports
from app.client.images import Images
from app.client.models import Models, Tuning
from app.client.people import Account, Teamwork, Users
from app.client.projects import Categories, Projects
from app.client.proposals import Proposals
from app.client.transport import Transport


class Client:
    """A client of one server; threads may share it.

    Every call raises a `ClientError` with the stable code of the refusal, or a
    `ConnectionFailedError` if there was no answer.

    Args:
        address: Of the server.
        token: Of a server that asks for one.
        author: Who makes the changes; stands in the history.
        timeout_s: Longest silence of the server.

    Attributes:
        account: Signing in and out.
        users: Who may sign in.
        teamwork: Who works on which image, and what reviewers said.
        models: Which model answers.
        tuning: Teaching it.
        proposals: What it finds by itself in a project.
        projects: Projects.
        categories: Their classes.
        images: Their images, and the model's masks.
        annotations: Kept masks.
        exports: Files for other programs.
        imports: Files of other programs.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        token: str = "",
        author: str = "",
        timeout_s: float = 120.0,
    ) -> None:
        transport = Transport(address, token, timeout_s)
        self.account = Account(transport)
        self.users = Users(transport)
        self.teamwork = Teamwork(transport)
        self.models = Models(transport)
        self.tuning = Tuning(transport)
        self.proposals = Proposals(transport)
        self.projects = Projects(transport)
        self.categories = Categories(transport)
        self.images = Images(transport)
        self.annotations = Annotations(transport, author)
        self.exports = Exports(transport)
        self.imports = Imports(transport)
