package platform

// inside are the functions that a handler hands its requests to: the routes of an application, or the resolvers of a GraphQL server.
func (f *finder) inside(s *source, sh shape, host *Handler) []*Handler {
	return append(f.appRoutes(s, sh, host), f.resolvers(s, sh, host)...)
}
