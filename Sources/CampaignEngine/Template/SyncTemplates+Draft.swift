/// What the rows of one call make of one template. Each row costs the same, however many there are.
struct TemplateDraft {
  private let before: Template?
  /// Those that are to hold: the known ones in their places, and then the new ones.
  private(set) var variants: [TemplateVariant]
  private(set) var hasOtherVariants = false
  /// What WhatsApp says of their state, where we do not know it yet. It is reported on its own:
  /// others may wait for it.
  private(set) var reports: [TemplateVariant] = []
  private var listedCategories: Set<TemplateCategory> = []
  /// By the language as it is compared; the first of two spellings that older templates may have.
  private var places: [String: Int] = [:]
  private var stopped: Set<String> = []
  private var handles = ButtonHandles()
  private var listedBytes = 0
  /// Languages that hold and whose category no row has told.
  private var untold: Set<String> = []

  /// - Parameter languages: all that there are at WhatsApp, as they are compared, where that is known.
  init(of template: Template?, languages: Set<String>?) {
    before = template
    variants = template?.currentVariants ?? []
    for (place, variant) in variants.enumerated() {
      let key = languageKey(variant.language)
      if places[key] == nil { places[key] = place }
      handles.add(variant)
      if languages?.contains(key) != false { untold.insert(key) }
    }
    stopped = Set(template?.stops.map(\.language) ?? [])
  }

  /// No row could be used.
  var isEmpty: Bool { listedCategories.isEmpty }

  /// A template has one category here, and one for each language there: the dearest of them, so that
  /// no estimate is too low. A language that is not listed may be as dear as the template was.
  var category: TemplateCategory {
    let held = untold.isEmpty ? nil : before?.category
    return TemplateCategory.dearest(of: listedCategories.union([held].compactMap { $0 }))
      ?? .marketing
  }

  /// About what its event takes; nothing where there is none.
  var eventBytes: Int {
    guard let before else { return listedBytes }
    guard hasOtherVariants || category != before.category else { return 0 }
    return before.variants.reduce(listedBytes) { $0 + $1.bytes }
  }

  /// - Parameter changed: gets the names of the fields that differ, in a language that is known.
  mutating func add(
    _ content: TemplateRow.Content, _ changed: inout [String]
  ) throws(RowFault) -> SyncTemplates.RowResult {
    var listed = content.variant
    let key = languageKey(listed.language)
    let place = variants.firstIndex { $0.language == listed.language } ?? places[key]
    let known = place.map { variants[$0] }
    // Ours stays: it names what was reported so far, and WhatsApp gets its own.
    if let known { listed.language = known.language }
    var wanted = listed
    wanted.buttons = handles.named(listed.buttons, like: known)
    do throws(Rejection) { try TemplateVariant.check([wanted]) } catch {
      throw RowFault(error, field: "components")
    }
    listedCategories.insert(content.category)
    listedBytes += wanted.bytes
    handles.add(wanted)
    untold.remove(key)
    guard let place, let known else {
      places[key] = variants.count
      variants.append(wanted)
      hasOtherVariants = true
      if listed.status.isStop { reports.append(listed) }
      return .created
    }
    wanted.status = known.status
    if wanted != known {
      variants[place] = wanted
      hasOtherVariants = true
    }
    changed = wanted.changes(from: known)
    // Whoever recorded a variant as paused has not yet been told that messages are to wait for it.
    if listed.status != known.status || listed.status.isStop != stopped.contains(listed.language) {
      changed.append("status")
      reports.append(listed)
    }
    return changed.isEmpty ? .unchanged : .updated
  }
}

extension TemplateVariant {
  /// About what it takes in an event.
  fileprivate var bytes: Int {
    let texts = [header?.text, footer].reduce(body.utf8.count) { $0 + ($1?.utf8.count ?? 0) }
    return buttons.reduce(texts + 32) { sum, button in
      sum + button.handle.utf8.count + button.title.utf8.count + (button.url?.utf8.count ?? 0) + 16
    }
  }

  fileprivate func changes(from known: TemplateVariant) -> [String] {
    var changed: [String] = []
    if header != known.header { changed.append("header") }
    if body != known.body { changed.append("body") }
    if footer != known.footer { changed.append("footer") }
    if buttons != known.buttons { changed.append("buttons") }
    return changed
  }
}
