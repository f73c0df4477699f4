package main // want "Vercel does not build a function of package main in a module"

import "net/http"

func Handler(w http.ResponseWriter, r *http.Request) {}

func main() {}
