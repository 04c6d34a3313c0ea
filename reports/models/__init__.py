from reports.models.editions import Comment, Edition, Kind, Rendering, SectionKey, Status
from reports.models.readers import Distribution, Reading

__all__ = ["Comment", "Distribution", "Edition", "Kind", "Reading", "Rendering", "SectionKey", "Status"]
