"""What the OpenAPI document says of each view: its body, its answer, its parameters."""

from app.domain.export import SegmentationKind
from app.schemas.annotation_schema import LEFT_OUT
from app.schemas.openapi_shapes import ID, NUMBER, TEXT, Schema, words

# View -> component of its JSON body; views that are not here take any object, or a form.
REQUESTS = {
    "projects.add_project": "ProjectName",
    "projects.change_project": "ProjectChanges",
    "images.add_folder": "Folder",
    "images.change_image": "ImageChanges",
    "categories.add_category": "NewCategory",
    "categories.change_category": "CategoryChanges",
    "annotations.add_annotation": "NewAnnotation",
    "annotations.change_annotation": "AnnotationChanges",
    "annotations.restore_annotation": "Restore",
    "masks.decode": "DecodeRequest",
    "proposals.request_masks_of_boxes": "Boxes",
    "proposals.decide_proposals": "Decisions",
    "exports.start_export": "ExportOptions",
    "tuning.start_tuning": "TuningRequest",
    "session.sign_in": "Credentials",
    "session.change_password": "NewPassword",
    "users.add_user": "NewUser",
    "users.change_user": "UserChanges",
    "teamwork.assign_images": "AssignmentWish",
    "teamwork.add_review": "NewReview",
}
UPLOADS = (
    *("images.add_image", "imports.start_import", "projects.restore_backup"),
    "proposals.request_masks_of_box_file",
)
WITHOUT_BODY = (
    *("embeddings.request_embedding", "projects.restore_project", "imports.confirm_import"),
    *("proposals.request_proposals", "models.use_model", "embeddings.expect_embedding"),
    "proposals.request_project_proposals",
    "teamwork.note_presence",
)
OPTIONAL_BODY = ("annotations.restore_annotation",)

# View -> component of its successful answer. A deleting view answers with nothing.
ANSWERS = {
    "health.health": "Health",
    "health.ready": "Ready",
    "models.describe_model": "Model",
    "models.list_models": "Models",
    "models.use_model": "Models",
    "tuning.read_lessons": "Lessons",
    "tuning.get_tuning": "Tuning",
    "tuning.start_tuning": "Tuning",
    "projects.list_projects": "Projects",
    "projects.add_project": "Project",
    "projects.get_project": "Project",
    "projects.change_project": "Project",
    "projects.restore_project": "Project",
    "projects.restore_backup": "Project",
    "images.list_images": "Images",
    "images.add_image": "Image",
    "images.get_image": "Image",
    "images.change_image": "Image",
    "images.add_folder": "FolderResult",
    "embeddings.request_embedding": "EmbeddingState",
    "embeddings.expect_embedding": "EmbeddingState",
    "embeddings.embedding_state": "EmbeddingState",
    "categories.list_categories": "Categories",
    "categories.add_category": "Category",
    "categories.change_category": "Category",
    "annotations.list_annotations": "Annotations",
    "annotations.add_annotation": "Annotation",
    "annotations.get_annotation": "Annotation",
    "annotations.change_annotation": "Annotation",
    "annotations.restore_annotation": "Annotation",
    "annotations.annotation_history": "Versions",
    "masks.decode": "Candidates",
    "proposals.request_proposals": "Proposals",
    "proposals.request_masks_of_boxes": "Proposals",
    "proposals.get_proposals": "Proposals",
    "proposals.decide_proposals": "Decisions",
    "proposals.get_proposal_queue": "ProposalQueue",
    "proposals.request_project_proposals": "ProjectProposals",
    "proposals.request_masks_of_box_file": "BoxFile",
    "proposals.get_project_proposals": "ProjectProposals",
    "proposals.get_proposal_logits": "Logits",
    "exports.start_export": "Export",
    "exports.get_export": "Export",
    "imports.start_import": "Import",
    "imports.get_import": "Import",
    "imports.confirm_import": "Import",
    "statistics.read_statistics": "Statistics",
    "session.get_session": "Session",
    "session.sign_in": "Session",
    "session.change_password": "Session",
    "users.list_users": "Users",
    "users.add_user": "User",
    "users.change_user": "User",
    "teamwork.project_teamwork": "Teamwork",
    "teamwork.assign_images": "Assignments",
    "teamwork.list_reviews": "Reviews",
    "teamwork.add_review": "ReviewResult",
    "teamwork.note_presence": "People",
    "api_docs.openapi_document": "OpenApi",
}
# View -> media type of the bytes that it sends.
FILES = {
    "projects.backup_project": "application/zip",
    "images.pixels": "image/*",
    "images.thumbnail": "image/jpeg",
    "images.masked_thumbnail": "image/jpeg",
    "images.original": "image/*",
    "embeddings.embedding": "application/octet-stream",
    "models.decoder": "application/octet-stream",
    "exports.export_coco": "application/json",
    "exports.get_export_file": "*/*",
    "statistics.download_statistics": "text/csv",
    "health.metrics": "text/plain",
    "api_docs.read_docs": "text/html",
}
HEADERS = {
    "annotations.change_annotation": ("If-Match", "X-Author"),
    "annotations.delete_annotation": ("If-Match", "X-Author"),
    "annotations.restore_annotation": ("If-Match", "X-Author"),
    "teamwork.add_review": ("X-Author",),
}
PROJECT = {"project": ID}
CROP: dict[str, Schema] = {"crop": TEXT}
_LEFT_OUT: dict[str, Schema] = {"without": {"type": "string", "enum": list(LEFT_OUT)}}

QUERIES: dict[str, dict[str, Schema]] = {
    "embeddings.request_embedding": CROP,
    "embeddings.release_embedding": CROP,
    "embeddings.expect_embedding": CROP,
    "embeddings.embedding_state": CROP,
    "embeddings.embedding": CROP,
    "annotations.add_annotation": _LEFT_OUT,
    "annotations.get_annotation": _LEFT_OUT,
    "annotations.change_annotation": _LEFT_OUT,
    "annotations.restore_annotation": _LEFT_OUT,
    "images.list_images": PROJECT,
    "images.add_image": PROJECT,
    "images.add_folder": PROJECT,
    "categories.list_categories": PROJECT,
    "categories.add_category": PROJECT,
    "imports.start_import": PROJECT,
    "proposals.get_proposal_queue": {"predicted_iou": NUMBER, "stability": NUMBER},
    "exports.export_coco": {**PROJECT, "segmentation": words(SegmentationKind)},
}
