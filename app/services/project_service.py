"""Projects: made, changed, deleted, restored."""

from app.domain.project import Project, ProjectChanges
from app.storage.project_rows import raise_missing_project
from app.storage.project_store import ProjectStore


class ProjectService:
    """Lists and changes projects.

    Args:
        projects: Where they are kept.
    """

    def __init__(self, projects: ProjectStore) -> None:
        self._projects = projects

    def list_all(self) -> list[Project]:
        """Return all projects, oldest first."""
        return self._projects.list_all()

    def get(self, project_id: int) -> Project:
        """Return a project.

        Raises:
            NotFoundError: If there is none or it was deleted.
        """
        return self._projects.find(project_id) or raise_missing_project(project_id)

    def add(self, name: str) -> Project:
        """Make a project with a first category.

        Raises:
            ConflictError: If a project has that name already.
        """
        return self._projects.add(name)

    def change(self, project_id: int, changes: ProjectChanges) -> Project:
        """Give a project another name or another policy for overlaps.

        Raises:
            NotFoundError: If there is none or it was deleted.
            ConflictError: If another project has that name.
        """
        return self._projects.change(project_id, changes) or raise_missing_project(project_id)

    def delete(self, project_id: int) -> None:
        """Delete a project and hide what is in it; it can be restored.

        Raises:
            NotFoundError: If there is none or it was deleted.
            ConflictError: If it is the last one.
        """
        if not self._projects.delete(project_id):
            raise_missing_project(project_id)

    def restore(self, project_id: int) -> Project:
        """Bring a deleted project back with all that is in it.

        Raises:
            NotFoundError: If there never was one.
            ConflictError: If another project has taken its name.
        """
        return self._projects.restore(project_id) or raise_missing_project(project_id)
