// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module and its tests; `Tests/` mirrors `Sources/`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
      swiftSettings: settings),
  ]
}

let package = Package(
  name: "OperationCenter",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "opcenter", targets: ["opcenter"])],
  targets: module("Wire")
    + module("JSONRPC", ["Wire"])
    + module("Persistence")
    + module("CampaignEngine", ["Wire"])
    + module("Gateways", ["CampaignEngine", "Wire"])
    + module(
      "Transports", ["JSONRPC", .target(name: "CEpoll", condition: .when(platforms: [.linux]))])
    + module(
      "OperationCenterService", ["Wire", "JSONRPC", "Persistence", "CampaignEngine", "Gateways"])
    + module("SchemaGeneration", ["OperationCenterService", "JSONRPC", "Wire"])
    + [
      .systemLibrary(name: "CEpoll"),
      .executableTarget(
        name: "opcenter",
        dependencies: [
          "Wire", "JSONRPC", "Persistence", "CampaignEngine", "Gateways", "Transports",
          "OperationCenterService", "SchemaGeneration",
        ],
        swiftSettings: settings),
      .testTarget(name: "opcenterTests", dependencies: ["opcenter"], swiftSettings: settings),
    ],
  swiftLanguageModes: [.v6]
)
