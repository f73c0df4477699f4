;;; handlervet.el --- handlervet as a language server for Eglot  -*- lexical-binding: t -*-

;; Needs Emacs 29, or an older one with the package Eglot.
;; Copy to ~/.emacs.d/handlervet.el and write into your init file: (load "~/.emacs.d/handlervet")

(defvar eglot-server-programs)

;; Eglot starts one server for a buffer. Leave out the modes in which you want another.
(defvar handlervet-modes
  '(js-mode js2-mode rjsx-mode js-ts-mode typescript-mode typescript-ts-mode tsx-ts-mode go-mode go-ts-mode)
  "The modes in which handlervet is the server.")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons handlervet-modes '("handlervet" "lsp"))))

(dolist (mode handlervet-modes)
  (add-hook (intern (format "%s-hook" mode)) #'eglot-ensure))

;;; handlervet.el ends here
