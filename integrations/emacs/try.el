;;; try.el --- what a user does in Emacs, done by the test  -*- lexical-binding: t -*-

;; Each step prints what is seen; what is not seen in time ends Emacs with an error.
(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(defun try-await (what ask)
  "Wait until ASK gives something, and return that.  WHAT is what is waited for."
  (with-timeout (30 (error "In vain: %s; there is: %S" what (try-findings)))
    (let (seen)
      (while (not (setq seen (funcall ask)))
        (accept-process-output nil 0.02))
      seen)))

(defun try-findings ()
  "What Flymake shows in this buffer."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun try-finding (word)
  "The finding of this buffer whose text has WORD."
  (cl-find-if (lambda (d) (string-match-p word (flymake-diagnostic-text d))) (flymake-diagnostics)))

(defun try-open (file)
  "Open FILE, with a server."
  (switch-to-buffer (find-file-noselect file))
  (run-hooks 'post-command-hook) ; there are no commands in a batch, and Eglot connects after one
  (try-await "a server" #'eglot-current-server)
  (flymake-mode 1))

(defun try-see (word)
  "See the finding with WORD in this buffer, and go there."
  (let ((d (try-await word (lambda () (try-finding word)))))
    (goto-char (flymake-diagnostic-beg d))
    (message "%s:%d: %s" (file-relative-name buffer-file-name try-root) (line-number-at-pos) (flymake-diagnostic-text d))))

(defun try-tell ()
  "Tell the server what has changed: Eglot does so when Emacs is idle, and a batch never is."
  (eglot--signal-textDocument/didChange))

(defvar try-root default-directory)
(setq-default eglot-sync-connect 30
      eglot-workspace-configuration '(:handlervet (:debounce 10))
      make-backup-files nil
      create-lockfiles nil)

(try-open "functions/send.js")
(try-see "nothing answers")
;; The first offer is taken, if there is a choice.
(let ((last-nonmenu-event t) ; as after a key: else Eglot pops up a menu
      (completing-read-function (lambda (_prompt offers &rest _) (let ((first (car offers))) (or (car-safe first) first)))))
  (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix" t))
(try-tell)
(try-await "the fix" (lambda () (not (try-finding "nothing answers"))))
(goto-char (point-min))
(forward-line 6)
(message "line 7: %s" (buffer-substring (line-beginning-position) (line-end-position)))

(try-open (expand-file-name "api/order.js" try-root))
(let ((order (current-buffer)))
  (try-open (expand-file-name "lib/record.js" try-root))
  (let ((sync (buffer-string)))
    (erase-buffer)
    (insert "exports.record = async (id) => {\n  await fetch('https://example.com/' + id);\n};\n")
    (try-tell)
    (with-current-buffer order (try-see "nobody waits"))
    (erase-buffer)
    (insert sync)
    (try-tell))
  (with-current-buffer order (try-await "the end" (lambda () (not (try-finding "nobody waits")))))
  (message "gone"))

(let ((state (jsonrpc-request (eglot-current-server) :workspace/executeCommand '(:command "handlervet.state" :arguments []))))
  (message "debounce: %s" (plist-get (plist-get state :settings) :debounce)))
(kill-emacs 0)
;;; try.el ends here
