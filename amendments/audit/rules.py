"""Who may have the record checked: everybody signed in, as everybody may distrust it."""

from amendments.web.access import Action, PermissionMap, signed_in

RECORD_CHECK = Action("record.check")

PERMISSIONS: PermissionMap = {RECORD_CHECK: ((signed_in,),)}
