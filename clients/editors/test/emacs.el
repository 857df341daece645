;;; emacs.el --- What one sees who edits chatflows in Emacs  -*- lexical-binding: t -*-
;;; Commentary:
;; Run by .ci/steps/editors from the repository's root, with the program in $OPCENTER.
;;; Code:
(load (expand-file-name "clients/editors/emacs/opcenter.el") nil t)
(require 'cl-lib)
(setq opcenter-command (list (getenv "OPCENTER") "serve" "--stdio" "--memory"))

(defvar opcenter-test-sample
  (with-temp-buffer
    (insert-file-contents "clients/samples/rsvp.chatflow.json")
    (buffer-string)))
(defvar opcenter-test-said nil "What the user was told.")
(advice-add 'message :before
            (lambda (text &rest arguments)
              (when (and text (not inhibit-message) (string-prefix-p "opcenter" text))
                (push (apply #'format text arguments) opcenter-test-said))))

(defun opcenter-test-wait (what condition)
  "Wait until CONDITION gives non-nil, which is WHAT."
  (let ((end (time-add nil 20)))
    (while (not (funcall condition))
      (when (time-less-p end nil) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.01))))

(defun opcenter-test-changed (old new)
  "Give the sample with the first OLD changed to NEW."
  (let ((start (string-search old opcenter-test-sample)))
    (unless start (error "The sample lacks %s" old))
    (concat (substring opcenter-test-sample 0 start) new
            (substring opcenter-test-sample (+ start (length old))))))

(defun opcenter-test-line (text)
  "Give the line of the sample on which TEXT begins."
  (1+ (cl-count ?\n opcenter-test-sample :end (string-search text opcenter-test-sample))))

(defun opcenter-test-diagnose (text)
  "Give the diagnostics of TEXT, each as \"LINE KIND MARKED: SENTENCE\"."
  (with-temp-buffer
    (insert text)
    (let ((report 'none))
      (opcenter-flymake (lambda (found &rest _) (setq report found)))
      (opcenter-test-wait "diagnostics" (lambda () (not (eq report 'none))))
      (if (keywordp report)
          report
        (mapcar (lambda (each)
                  (let ((start (flymake-diagnostic-beg each)))
                    (format "%d %s %s: %s" (line-number-at-pos start) (flymake-diagnostic-type each)
                            (buffer-substring start (min (point-max) (flymake-diagnostic-end each)))
                            (flymake-diagnostic-text each))))
                report)))))

(defun opcenter-test-expect (name text &rest patterns)
  "Expect that each of PATTERNS, texts from a beginning on, is found once in TEXT; NAME says why."
  (let ((found (opcenter-test-diagnose text)))
    (dolist (pattern patterns)
      (unless (= 1 (cl-count-if (lambda (each) (string-match-p (concat "\\`" pattern) each)) found))
        (error "%s: not once %s\n%s" name pattern (string-join found "\n"))))
    (princ (format "%s\n" name))
    found))

(defun opcenter-test-at (text kind rest)
  "Give the pattern of a diagnostic of KIND on the line of TEXT, going on with REST."
  (format "%d :%s %s" (opcenter-test-line text) kind rest))

(let ((found (opcenter-test-expect
              "the sample has warnings only, each at its node" opcenter-test-sample
              (opcenter-test-at "{\"id\": \"invite\"" "warning" "\"invite\": ")
              (opcenter-test-at "{\"id\": \"thanks\"" "warning" "\"thanks\": "))))
  (cl-assert (= 3 (length found))))
(opcenter-test-expect
 "an unknown target is where it is named"
 (opcenter-test-changed "\"target\": \"answer\"}" "\"target\": \"nowhere\"}")
 (opcenter-test-at "{\"source\": \"invite\"" "error" "\"nowhere\": "))
(opcenter-test-expect
 "a missing field is at its node"
 (opcenter-test-changed "\"timeout\": \"48h\", \"save_as\": \"answer\", " "")
 (opcenter-test-at "{\"id\": \"answer\"" "error" "{: params.nodes\\[2\\].data.timeout: expected a value"))
(opcenter-test-expect
 "a wrong type is at its value"
 (opcenter-test-changed "\"max_attempts\": 3" "\"max_attempts\": \"three\"")
 (opcenter-test-at "\"max_attempts\"" "error" "\"three\": "))
(opcenter-test-expect
 "a loop is at its node"
 (opcenter-test-changed "\"set_declined\", \"target\": \"end_declined\""
                        "\"set_declined\", \"target\": \"set_declined\"")
 (opcenter-test-at "{\"id\": \"set_declined\"" "error" "\"set_declined\": "))
(opcenter-test-expect
 "of two nodes with one id one is marked"
 (opcenter-test-changed "{\"id\": \"think\"" "{\"id\": \"vip\"")
 (opcenter-test-at "{\"id\": \"vip\"" "error" "\"vip\": Two nodes"))
(opcenter-test-expect
 "a node is not mistaken for a text that looks like it"
 (opcenter-test-changed
  "\"name\": \"RSVP\""
  "\"name\": \"\\\"id\\\": \\\"invite\\\"\", \"viewport\": {\"nodes\": [{\"id\": \"invite\"}]}")
 (opcenter-test-at "{\"id\": \"invite\"" "warning" "\"invite\": "))
(opcenter-test-expect
 "texts before a node do not move it"
 (opcenter-test-changed "\"type\": \"send_template\"" "\"note\": \"आएँगे 💐\", \"type\": \"send_templates\"")
 (opcenter-test-at "{\"id\": \"invite\"" "error" "\"send_templates\": "))
(opcenter-test-expect
 "a fault in the project is at the project"
 (opcenter-test-changed "\"Asia/Jakarta\"" "\"Asia/Jakartaa\"")
 (opcenter-test-at "\"time_zone\"" "error" "\"Asia/Jakartaa\": "))
(opcenter-test-expect
 "a fault in a template is at the template"
 (opcenter-test-changed "thanks\", \"category\": \"utility\"" "thanks\", \"category\": \"useful\"")
 (opcenter-test-at "{\"name\": \"rsvp_thanks\"" "error" "\"useful\": "))
(opcenter-test-expect
 "a comma too much" (opcenter-test-changed "\"max\": 2}" "\"max\": 2,}")
 (opcenter-test-at "\"max\": 2}" "error" "}: not JSON: "))
(opcenter-test-expect
 "a line break in a text" (opcenter-test-changed "Please tap" "Please\ntap")
 (opcenter-test-at "Please tap" "error" ".*: not JSON: "))
(opcenter-test-expect
 "a key that stands twice"
 (opcenter-test-changed "\"type\": \"delay\"" "\"id\": \"nap\", \"type\": \"delay\"")
 (opcenter-test-at "\"type\": \"delay\"" "error" ".*: not JSON: "))
(opcenter-test-expect
 "a key that is no word is at its value"
 (opcenter-test-changed "\"max\": 2}" "\"max\": 2, \"a key\": 5}")
 (opcenter-test-at "\"max\": 2}" "error" "5: .*a key"))
(opcenter-test-expect
 "an unknown way out is at its name"
 (opcenter-test-changed "\"sourceHandle\": \"maybe\"" "\"sourceHandle\": \"perhaps\"")
 (opcenter-test-at "\"sourceHandle\": \"maybe\"" "error" "\"perhaps\"[:,]"))
(opcenter-test-expect "nothing" "" "1 :error : not JSON: ")
(opcenter-test-expect "a list" "[]" "1 :error .*: not JSON: expected one object")
(opcenter-test-expect "two values" "{}\n{}" "1 :error {: not JSON: expected one object")
(opcenter-test-expect "deep nesting" (make-string 100000 ?\[) "1 :error .*: not JSON: ")
(opcenter-test-expect "an object without nodes" "{}" "1 :error {}: params.nodes: ")
(opcenter-test-expect "nodes that are none" "{\"nodes\": [5], \"edges\": []}" "1 :error 5: params.nodes")
(opcenter-test-expect
 "a flow alone"
 "{\"nodes\": [{\"id\": \"ask\", \"type\": \"wait_reply\", \"data\": {\"timeout\": \"48h\"}}], \"edges\": []}"
 "1 :error \\[.*: The flow has no trigger")

(defun opcenter-test-many (count)
  "Give a flow of COUNT nodes that no way leads to, one a line."
  (concat "{\"edges\": [], \"nodes\": [{\"id\": \"start\", \"type\": \"trigger\", \"data\": {}},\n"
          (mapconcat (lambda (number)
                       (format "{\"id\": \"n%d\", \"type\": \"end\", \"data\": {\"outcome\": \"over\"}}" number))
                     (number-sequence 1 count) ",\n")
          "]}"))
(opcenter-test-expect "2,000 nodes are too many" (opcenter-test-many 2000)
                      "1 :error .*: params.nodes: expected at most")
(opcenter-test-expect "500 nodes" (opcenter-test-many 499) "500 :warning \"n499\": ")
(opcenter-test-expect
 "a template that is none" "{\"nodes\": [], \"edges\": [],\n\"templates\": [5]}" "2 :error 5: ")
(opcenter-test-expect
 "two templates of one name"
 (opcenter-test-changed "{\"name\": \"rsvp_thanks\"" "{\"name\": \"rsvp_reminder\"")
 (opcenter-test-at "{\"name\": \"rsvp_thanks\"" "error" "{"))
(cl-assert (null opcenter-test-said))
(cl-assert (null (process-list)))
(cl-assert (not (cl-find "opcenter" (mapcar #'buffer-name (buffer-list)) :test #'string-search)))

(with-temp-buffer
  (insert (opcenter-test-changed "\"target\": \"answer\"}" "\"target\": \"nowhere\"}"))
  (let ((buffer (current-buffer)))
    (run-at-time 0 nil (lambda () (with-current-buffer buffer (insert "\n")))))
  (opcenter-flymake (lambda (&rest _) (error "An answer about an older text is shown")))
  (princ "an answer about an older text is not shown\n"))

(defun opcenter-test-expect-said (name pattern act)
  "Expect that ACT makes one message like PATTERN; NAME says why."
  (setq opcenter-test-said nil)
  (funcall act)
  (opcenter-test-wait name (lambda () opcenter-test-said))
  (unless (and (= 1 (length opcenter-test-said)) (string-match-p pattern (car opcenter-test-said)))
    (error "%s: %S" name opcenter-test-said))
  (princ (format "%s\n" name)))

(defun opcenter-test-panic ()
  "Check the sample, and expect that Flymake is told to leave it."
  (cl-assert (eq :panic (opcenter-test-diagnose opcenter-test-sample))))

(dolist (case '(("a program that is missing" "Cannot find opcenter-missing" ("opcenter-missing"))
                ("a program that ends at once" "died\\|process\\|Process" ("false"))
                ("a program that ends while it is asked" "died" ("sh" "-c" "read line; kill -9 $$"))))
  (let ((opcenter-command (nth 2 case)))
    (opcenter-test-expect-said (car case) (nth 1 case) #'opcenter-test-panic)))
(let ((opcenter-requests '((template.create (:project_id "prj_9" :name "more" :category "utility"
                                             :variants [(:language "en" :body "Hello")])))))
  (opcenter-test-expect-said "a refusal of what is configured" "Project prj_9 does not exist"
                             #'opcenter-test-panic))

(defun opcenter-test-shown (pattern)
  "Give whether the first line of a run is like PATTERN."
  (with-current-buffer (get-buffer-create "*opcenter run*")
    (save-excursion (goto-char (point-min)) (looking-at-p pattern))))

;; The shell tells its number, which stays that of the service.
(let* ((file (make-temp-file "opcenter"))
       (opcenter-command `("sh" "-c" "echo $$ >\"$0\"; exec \"$@\"" ,file ,@opcenter-command)))
  (with-temp-buffer
    (insert opcenter-test-sample)
    (opcenter-test-expect-said
     "a service that dies in a run" "the service ended"
     (lambda ()
       (opcenter-run)
       (opcenter-test-wait "a run" (lambda () (opcenter-test-shown "The campaign is running")))
       (signal-process (with-temp-buffer (insert-file-contents file) (read (current-buffer))) 9))))
  (delete-file file))

(with-temp-buffer
  (insert (opcenter-test-changed "\"target\": \"answer\"}" "\"target\": \"nowhere\"}"))
  (condition-case refusal (progn (opcenter-run) (error "No refusal"))
    (error (cl-assert (string-match-p "Edge 1 names" (error-message-string refusal)) t)))
  (princ "a run of a flow with faults\n"))

(setq opcenter-test-said nil)
(with-temp-buffer
  (insert opcenter-test-sample)
  (let ((opcenter-clock-rate 1000000)) (opcenter-run)))
(opcenter-test-wait "a run" (lambda () (opcenter-test-shown "The campaign is running")))
(cl-assert (= 3 (length (opcenter-test-diagnose opcenter-test-sample))))
(opcenter-test-wait "its end" (lambda () (opcenter-test-shown "The campaign is completed")))
(with-current-buffer "*opcenter run*"
  (goto-char (point-min))
  (cl-assert (re-search-forward "^invite +50 +0 +[0-9]+ +[0-9]+$" nil t)))
(cl-assert (null opcenter-test-said))
(princ "a run shows the funnel until the campaign has ended\n")

(let ((file (make-temp-file "flow" nil ".chatflow.json" opcenter-test-sample)))
  (find-file file)
  (cl-assert (and (eq major-mode 'opcenter-mode) flymake-mode))
  (opcenter-validate)
  (opcenter-test-wait "diagnostics" (lambda () (= 3 (length (flymake-diagnostics)))))
  (goto-char (point-min))
  (re-search-forward "\"template\": \"wedding_invite")
  (insert "s")
  (let ((inhibit-message t)) (save-buffer))
  (opcenter-test-wait "diagnostics of what is saved" (lambda () (= 4 (length (flymake-diagnostics)))))
  (delete-file file))
(princ "a file is checked when it is opened and saved\n")
(opcenter-test-wait "the end of the services" (lambda () (null (process-list))))
;;; emacs.el ends here
