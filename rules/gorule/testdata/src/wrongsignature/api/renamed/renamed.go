package handler

import web "net/http"

func Handler(w web.ResponseWriter, r *web.Request) {} // want "Vercel does not find this handler"
