# Several files compile as one where CMAKE_UNITY_BUILD is on (presets ci and asan). These stay alone:
# what they name in their unnamed namespaces is named by others of their folder too.
set(liggare_standalone_files
  projections/consents.cc
  projections/deadlines.cc
  projections/definitions.cc
  projections/disclosures.cc
  projections/duration.cc
  projections/history.cc
  projections/ladder.cc
  projections/late.cc
  projections/occupancy.cc
  projections/retention.cc
  projections/stalled.cc
  projections/state.cc
  src/codec/event_line.cc
  src/codec/record_reader.cc
  src/domain/participant_rules.cc
  src/http/parser.cc
  src/http/server.cc
  src/inspect/checkpoint_check.cc
  src/ledger/erasure.cc
  src/ledger/erasure_check.cc
  src/ledger/reading.cc
  src/ledger/tile_folder.cc
  src/merkle/policy.cc
  src/merkle/tile.cc
  src/merkle/verifier_key.cc
  src/sql/organisation_rows.cc
  src/sql/organisation_tables.cc
  src/sql/participant_tables.cc
  src/store/opening.cc
  src/vault/vault_rotation.cc
  tests/fuzz/backup_manifest_fuzz.cc
  tests/fuzz/vault_manifest_fuzz.cc
  tests/http/server_test.cc
  tests/ledger/opening_test.cc
  tests/merkle/golden_proofs_test.cc
  tests/merkle/signed_note_test.cc
  tests/merkle/tree_test.cc
  tests/projections/reports/disclosures_test.cc
  tests/projections/reports/places_test.cc
  tests/projections/reports/targets_test.cc
  tests/sealing/seal_test.cc
  tests/sealing/vectors.cc
  tests/tools/verify_texts_test.cc
  tests/vault/key_cache_test.cc
  tests/vault/key_table_test.cc
  tests/vault/shared_vault_test.cc
  tests/vault/slots_test.cc
  tests/vault/vault_backup_test.cc
  tests/vault/vault_erasure_test.cc
  tests/verifier/tile_questions.cc
  tests/witness/witness_client_test.cc
  tests/witness/witness_test.cc
  tools/append.cc
  tools/approve.cc
  tools/backup.cc
  tools/bundle.cc
  tools/checkpoint.cc
  tools/doctor.cc
  tools/erase.cc
  tools/extract.cc
  tools/extract_texts.cc
  tools/find.cc
  tools/import.cc
  tools/init.cc
  tools/render_answer.cc
  tools/restore.cc
  tools/seal.cc
  tools/show.cc
  tools/sql.cc
  tools/texts.cc
  tools/verifier/verifier.cc
  tools/verify.cc
  tools/witness.cc
  tools/word_texts.cc)

foreach(file ${liggare_standalone_files})
  # Source properties belong to the folder that makes the target.
  set(folder ${CMAKE_SOURCE_DIR}/${file})
  cmake_path(GET folder PARENT_PATH folder)
  while(NOT EXISTS ${folder}/CMakeLists.txt)
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
  set_source_files_properties(${CMAKE_SOURCE_DIR}/${file} DIRECTORY ${folder}
    PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endforeach()
