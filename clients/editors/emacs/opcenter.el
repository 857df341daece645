;;; opcenter.el --- Chatflows of Operation Center  -*- lexical-binding: t -*-
(require 'flymake)
(require 'json)
(require 'jsonrpc)
(defvar opcenter-command '("opcenter" "serve" "--stdio" "--memory") "The service.")
(defvar opcenter-sender '(:name "Editor" :phone "+12015550100") "Params of sender.create.")
(defvar opcenter-project '(:sender_id "snd_1" :name "Editor" :time_zone "UTC") "The project's.")
(defvar opcenter-requests nil "More, such as (template.create (:project_id \"prj_1\" …)).")
(defvar opcenter-clock-rate 100000 "Of runs; a simulated day takes about a second.")

(defun opcenter--parse ()
  "Give the buffer's value, and where its parts stand, by path: (START . END)."
  (goto-char (point-min))
  (let* ((value (json-parse-buffer :null-object nil :false-object :json-false))
         (places (make-hash-table :test #'equal)) (path '("")) (starts nil)
         (json-pre-element-read-function
          (lambda (key)
            (push (+ (point) (skip-chars-forward " \t\r\n")) starts)
            (push (format (cond ((integerp key) "%s[%d]")
                                ((string-match-p "\\`[A-Za-z0-9_$-]+\\'" key) "%s.%s")
                                (t "%s[\"%s\"]"))
                          (car path) key) path)
            (when (gethash (car path) places)
              (signal 'json-error (list "a key stands twice" (position-bytes (point)))))))
         (json-post-element-read-function
          (lambda () (puthash (pop path) (cons (pop starts) (point)) places))))
    (skip-chars-forward " \t\r\n")
    (unless (and (eobp) (hash-table-p value)) (signal 'json-error '("expected one object" 1)))
    (goto-char (point-min))
    (puthash "" (cons (point) (point-max)) places)
    (json-read)
    (cons value places)))

(cl-defun opcenter--diagnostic (places &key path message hint severity &allow-other-keys)
  "Make one at PATH by PLACES, with MESSAGE, HINT and SEVERITY."
  (let ((path (cond ((equal path "") ".nodes")
                    ((string-match-p "\\`nodes\\[[0-9]+\\]\\'" path) (format ".%s.id" path))
                    (t (format ".%s" path)))))
    (while (not (gethash path places))  ; What lacks a part stands for it.
      (setq path (if (string-match "\\`\\(.*\\)[.[]" path) (match-string 1 path) "")))
    (goto-char (car (gethash path places)))
    (flymake-make-diagnostic
     (current-buffer) (point) (min (cdr (gethash path places)) (line-end-position))
     (if (equal severity "warning") :warning :error) (concat message (and hint " ") hint))))

(defun opcenter--close (connection)
  "End CONNECTION and its service, without a word."
  (let ((inhibit-message t) (message-log-max nil))
    (jsonrpc-shutdown connection t)
    (kill-buffer (jsonrpc-events-buffer connection))))

(defun opcenter--ask (flow method &optional others arguments told)
  "Let a service with ARGUMENTS answer METHOD on FLOW, then OTHERS; go on if TOLD."
  (or (executable-find (car opcenter-command)) (error "Cannot find %s" (car opcenter-command)))
  (let* ((project (gethash "project" flow opcenter-project))
         (graph (list :project_id "prj_1" :name "Run"
                      :nodes (gethash "nodes" flow) :edges (gethash "edges" flow)))
         (name (format "%s" (gensym "opcenter"))) at answer
         (connection
          (make-instance
           'jsonrpc-process-connection :name name
           (if (< emacs-major-version 30) :events-buffer-scrollback-size :events-buffer-config)
           (if (< emacs-major-version 30) 0 '(:size 0))  ; No log of messages.
           :notification-dispatcher (lambda (own _ params) (funcall told own params))
           :on-shutdown (lambda (_) (when told (message "opcenter: the service ended")))
           :process (lambda ()
                      (make-process
                       :name name :command (append opcenter-command arguments) :noquery t
                       :connection-type 'pipe :coding 'utf-8-emacs-unix
                       :stderr (get-buffer-create (format "*%s stderr*" name)))))))
    (when (hash-table-p project) (puthash "sender_id" "snd_1" project))  ; It counts from 1.
    (condition-case refusal
        (pcase-dolist (`(,method ,params ,path)
                       `((sender.create ,(gethash "sender" flow opcenter-sender) ".sender")
                         (project.create ,project ".project")
                         ,@(seq-map-indexed
                            (lambda (template index)
                              (when (hash-table-p template) (puthash "project_id" "prj_1" template))
                              (list 'template.create template (format ".templates[%d]" index)))
                            (gethash "templates" flow))
                         ,@opcenter-requests (,method ,graph "") ,@others))
          (setq at path answer (jsonrpc-request connection method params :timeout 5)))
      (:success (unless told (opcenter--close connection)) (plist-get answer :issues))
      (error
       (opcenter--close connection)
       (let-alist (cddr refusal)
         (when (or told (not at) (memq .jsonrpc-error-code '(nil -1)))  ; None, or jsonrpc's own.
           (error "%s" (or .jsonrpc-error-message (error-message-string refusal))))
         (cl-destructuring-bind (&key (path "") issues &allow-other-keys) .jsonrpc-error-data
           (or issues `((:message ,.jsonrpc-error-message
                         :path ,(string-remove-prefix
                                 "." (concat at (string-remove-prefix "params" path))))))))))))

(defun opcenter-flymake (report &rest _)
  "Let Flymake REPORT what the service finds wrong with the buffer."
  (condition-case problem
      (save-excursion
        (pcase-let* ((tick (buffer-chars-modified-tick))
                     (`(,flow . ,places) (opcenter--parse))
                     (find (lambda (issue) (apply #'opcenter--diagnostic places issue)))
                     (issues (opcenter--ask flow 'chatflow.validate)))
          (when (= tick (buffer-chars-modified-tick))  ; Else they are of an older text.
            (funcall report (mapcar find issues)))))
    (json-error
     (let ((place (or (byte-to-position (car (last problem))) (point-max))))
       (funcall report (list (flymake-make-diagnostic (current-buffer) place (1+ place) :error
                                                      (concat "not JSON: " (cadr problem)))))))
    (error (funcall report :panic :explanation
                    (message "opcenter: %s" (error-message-string problem))))))

(defun opcenter--show (connection params)
  "Show the statistics in PARAMS, and end CONNECTION with the campaign."
  (cl-destructuring-bind (&key status as_of funnel &allow-other-keys) (plist-get params :statistics)
    (with-current-buffer (get-buffer-create "*opcenter run*")
      (erase-buffer)
      (insert (format "The campaign is %s at %s\n" status (plist-get as_of :at))
              (format "\n%-24s%9s%9s%9s%9s" "node" "entered" "inside" "passed" "failed"))
      (seq-doseq (row funnel)
        (dolist (key '(:node_id :entered :inside :passed :failed))
          (insert (format (if (eq key :node_id) "\n%-24s" "%9s") (plist-get row key)))))
      (display-buffer (current-buffer)))
    (when (equal status "completed")  ; Later, since this is a filter of the connection.
      (run-at-time 0 nil #'opcenter--close connection))))

(defun opcenter-run ()
  "Run the flow with simulated guests, from six weeks before its first event."
  (interactive)
  (let* ((flow (car (save-excursion (opcenter--parse))))
         (event (ignore-errors (aref (gethash "events" (gethash "project" flow)) 0)))
         (start (ignore-errors (time-subtract (date-to-time (gethash "starts_at" event)) 3628800)))
         (guest (lambda (number) `(:name "Guest" :phone ,(format "+62812300%d" number))))
         (guests (vconcat (mapcar guest (number-sequence 10001 10050)))))
    (opcenter--ask
     flow 'chatflow.create
     `((guest.import (:project_id "prj_1" :rows ,guests))
       (campaign.create (:project_id "prj_1" :chatflow_id "flw_1" :name "Run"))
       (campaign.start (:campaign_id "cmp_1"))
       (stats.subscribe (:campaign_id "cmp_1" :every "250ms")))
     (list "--clock-rate" (number-to-string opcenter-clock-rate)
           "--clock-start" (format-time-string "%FT%TZ" start t))
     #'opcenter--show)))

(defun opcenter-validate () "Check the chatflow again." (interactive) (flymake-start nil t))
(define-derived-mode opcenter-mode js-mode "Chatflow" "Chatflows of Operation Center."
  (add-hook 'flymake-diagnostic-functions #'opcenter-flymake nil t)
  (flymake-mode))
(add-to-list 'auto-mode-alist '("\\.chatflow\\.json\\'" . opcenter-mode))
(provide 'opcenter)
;;; opcenter.el ends here
