"""All services of one server, by name. Views get them from here."""

from dataclasses import dataclass

from app.config import AppConfig
from app.services.account_service import AccountService
from app.services.annotation_service import AnnotationService
from app.services.category_service import CategoryService
from app.services.decode_service import DecodeService
from app.services.decoder_file import DecoderFile
from app.services.embedding_service import EmbeddingService
from app.services.export_service import ExportService
from app.services.image_library import ImageLibrary
from app.services.image_versions import ImageVersions
from app.services.import_service import ImportService
from app.services.live_model import LiveModel
from app.services.masked_thumbnails import MaskedThumbnails
from app.services.metrics import Metrics
from app.services.model_service import ModelService
from app.services.passwords import Passwords
from app.services.presence import Presence
from app.services.project_backups import ProjectBackups
from app.services.project_service import ProjectService
from app.services.project_statistics import ProjectStatistics
from app.services.proposal_reviews import ProposalReviews
from app.services.proposal_service import ProposalService
from app.services.served_model import ServedModel, load_model
from app.services.teamwork_service import TeamworkService
from app.services.tuning_service import TuningService
from app.storage.annotation_store import AnnotationStore
from app.storage.assignment_store import AssignmentStore
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.embedding_cache import EmbeddingCache
from app.storage.file_store import FileStore
from app.storage.image_store import ImageStore
from app.storage.model_store import ModelStore
from app.storage.project_store import ProjectStore
from app.storage.review_store import ReviewStore
from app.storage.session_store import SessionStore
from app.storage.statistics_store import StatisticsStore
from app.storage.store import Store, database_location
from app.storage.tuning_folder import TuningFolder
from app.storage.user_store import UserStore


@dataclass(frozen=True, slots=True)
class AppContext:
    """The use cases of the program, wired together.

    Attributes:
        config: The settings.
        served: The model that is served, which can change.
        models: Which models there are, and the choice among them.
        projects: Photographs with their classes.
        project_backups: Projects as one file each.
        images: Adds and finds images.
        versions: Pixels, thumbnails, originals.
        masked_thumbnails: Small pictures with the masks on them.
        statistics: What the masks of a project cost.
        embeddings: What is computed once per image.
        decoder_file: The decoder for the browser.
        decoding: The same decoder in Python.
        proposals: What the model finds by itself.
        proposal_reviews: What people decided about that.
        categories: Classes.
        annotations: Kept masks.
        exports: Files for others.
        imports: Files of others.
        tuning: Learning from accepted masks.
        accounts: Who may sign in.
        teamwork: Reviews and assignments.
        presence: Who is on which image.
        metrics: What the server counts.
        store: Database and files; closed at the end.
    """

    config: AppConfig
    served: LiveModel
    models: ModelService
    projects: ProjectService
    project_backups: ProjectBackups
    images: ImageLibrary
    versions: ImageVersions
    masked_thumbnails: MaskedThumbnails
    statistics: ProjectStatistics
    embeddings: EmbeddingService
    decoder_file: DecoderFile
    decoding: DecodeService
    proposals: ProposalService
    proposal_reviews: ProposalReviews
    categories: CategoryService
    annotations: AnnotationService
    exports: ExportService
    imports: ImportService
    tuning: TuningService
    accounts: AccountService
    teamwork: TeamworkService
    presence: Presence
    metrics: Metrics
    store: Store

    @property
    def model(self) -> ServedModel:
        """The model that is served now."""
        return self.served.current

    @property
    def database(self) -> Database:
        """The database of the store."""
        return self.store.database

    def close(self) -> None:
        """Stop the background threads and give back the database."""
        self.tuning.close()
        self.imports.close()
        self.exports.close()
        self.proposals.close()
        self.embeddings.close()
        self.decoder_file.close()
        self.database.close()


def build_context(config: AppConfig, model: ServedModel | None = None) -> AppContext:
    """Return the services of a server.

    Args:
        config: The settings.
        model: A loaded model; ``None`` loads the one that the settings name.

    Raises:
        StartUpError: If the data folder, the database or the weights cannot be used.
    """
    files = FileStore(config.data_dir)
    database = Database(database_location(files, config.database_url))
    served = LiveModel(model or load_model(config))
    images = ImageLibrary(ImageStore(database), files, config.images_root, config.max_upload_bytes)
    versions = ImageVersions(files)
    models = ModelService(served, ModelStore(database), files)
    models.follow()
    cache = EmbeddingCache(files, config.max_embeddings_bytes)
    metrics = Metrics()
    embeddings = EmbeddingService(served, versions, cache, metrics)
    store = Store(database, files)
    projects = ProjectService(ProjectStore(database))
    return AppContext(
        config=config,
        served=served,
        models=models,
        projects=projects,
        project_backups=ProjectBackups(store, projects),
        images=images,
        versions=versions,
        masked_thumbnails=MaskedThumbnails(
            files, versions, AnnotationStore(database), CategoryStore(database)
        ),
        statistics=ProjectStatistics(StatisticsStore(database)),
        embeddings=embeddings,
        decoder_file=DecoderFile(served, files),
        decoding=DecodeService(served, embeddings),
        proposals=ProposalService(served, versions, files),
        proposal_reviews=ProposalReviews(served, files),
        categories=CategoryService(CategoryStore(database)),
        annotations=AnnotationService(AnnotationStore(database), images),
        exports=ExportService(database, files.exports_dir),
        imports=ImportService(database, files.imports_dir),
        tuning=TuningService(config, database, TuningFolder(files.tuning_dir)),
        accounts=AccountService(UserStore(database), SessionStore(database), Passwords()),
        teamwork=TeamworkService(ReviewStore(database), AssignmentStore(database), images),
        presence=Presence(),
        metrics=metrics,
        store=store,
    )
