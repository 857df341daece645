// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For the whole program in one file: what nobody calls is left out by the linker, and modules in which
/// the engine does not spend its time are compiled for size. Measured: 6 % of the file, and no request
/// is slower.
func settings(of module: String) -> [SwiftSetting] {
  let small = [
    "Gateways", "ModelContext", "OperationCenterService", "SchemaGeneration", "opcenter",
  ]
  let flags = ["-Xfrontend", "-function-sections"] + (small.contains(module) ? ["-Osize"] : [])
  return settings + [.unsafeFlags(flags, .when(configuration: .release))]
}

/// A module and its tests; `Tests/` mirrors `Sources/`. Test data is read where it lies.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [],
  testing: [Target.Dependency] = [], testData: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings(of: name)),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.target(name: name), "TestRandom"] + dependencies + testing,
      exclude: testData, swiftSettings: settings),
  ]
}

let package = Package(
  name: "OperationCenter",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "opcenter", targets: ["opcenter"])],
  targets: module("Wire")
    + module("JSONRPC", ["Wire"])
    + module("Persistence")
    + module(
      "CampaignEngine", ["Wire"], testing: ["Persistence"],
      testData: [
        "Condition/Tables", "StoredFormat/Directories", "StoredFormat/stored-types.txt",
        "Phone/judge_phones.py", "Text/write_fold_tables.py", "Text/expected_folds.py",
      ])
    + module("Gateways", ["CampaignEngine", "Wire"])
    + module(
      "Transports", ["JSONRPC", .target(name: "CEpoll", condition: .when(platforms: [.linux]))])
    + module(
      "OperationCenterService", ["Wire", "JSONRPC", "Persistence", "CampaignEngine", "Gateways"],
      testing: ["ServiceTesting"],
      testData: [
        "Cases/Sessions", "Chatflow/react-flow-export.json", "Contract/Stories",
        "Examples/world.jsonl", "Examples/before.jsonl",
      ])
    + module(
      "SchemaGeneration", ["OperationCenterService", "JSONRPC", "Wire"],
      testData: ["judge_schema.py"])
    + module("ModelContext", ["JSONRPC", "Wire"], testData: ["judge_model_context.py"])
    + [
      .systemLibrary(name: "CEpoll"),
      .executableTarget(
        name: "opcenter",
        dependencies: [
          "Wire", "JSONRPC", "Persistence", "CampaignEngine", "Gateways", "Transports",
          "OperationCenterService", "SchemaGeneration", "ModelContext",
        ],
        swiftSettings: settings(of: "opcenter"),
        // Field lists make much code that is the same to the byte; it need stand in the file once only.
        linkerSettings: [
          .unsafeFlags(
            ["-use-ld=lld", "-Xlinker", "--icf=all"],
            .when(platforms: [.linux], configuration: .release))
        ]),
      .testTarget(
        name: "opcenterTests", dependencies: ["opcenter", "ServiceTesting", "TestRandom"],
        swiftSettings: settings),
      .target(name: "TestRandom", path: "Tests/TestRandom", swiftSettings: settings),
      // What tests of the service and of the program share: transcripts, and how to play them.
      .target(
        name: "ServiceTesting",
        dependencies: [
          "OperationCenterService", "Wire", "JSONRPC", "Persistence", "CampaignEngine", "Gateways",
        ], path: "Tests/ServiceTesting", exclude: ["Transcripts"], swiftSettings: settings),
    ],
  swiftLanguageModes: [.v6]
)
