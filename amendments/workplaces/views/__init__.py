"""Views, one module per page; they enter their routes with the blueprint in `workplaces.routes`."""
