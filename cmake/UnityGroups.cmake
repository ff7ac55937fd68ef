# Which files of a target compile as one: in the tests of preset dev, and everywhere in ci, asan and
# tsan, in less than half the time.
#
# What the first list has names something in its unnamed namespaces that another file of its target
# names too: those compile as one apart from the others. What the second has stays alone: it shares a
# name with one of the first list as well, or hides a type of its unnamed namespace in a class that a
# header declares, which g++ takes for a fault in a file that includes it.
set(liggare_apart_files
  src/audit/trusted_checkpoint.cc
  src/domain/organisation_rules.cc
  src/http/url.cc
  src/inspect/checkpoint_check.cc
  src/inspect/tree_check.cc
  src/inspect/verify.cc
  src/ledger/erasure.cc
  src/ledger/erasure_check.cc
  src/ledger/erasure_scope.cc
  src/ledger/extract_actors.cc
  src/ledger/folder_exchange.cc
  src/ledger/protection.cc
  src/ledger/restore_place.cc
  src/ledger/review.cc
  src/ledger/vault_care.cc
  src/merkle/policy.cc
  src/sql/organisation_rows.cc
  src/sql/question.cc
  src/sql/table_writer.cc
  src/store/opening.cc
  src/store/rocks/torn_tail.cc
  src/store/row_store.cc
  src/vault/slots.cc
  src/vault/vault_rotation.cc
  tests/audit/mutants_test.cc
  tests/audit/tile_check_test.cc
  tests/codec/record_damage_test.cc
  tests/faults/nth_call_test.cc
  tests/fuzz/backup_manifest_fuzz.cc
  tests/http/server_test.cc
  tests/inspect/full_test.cc
  tests/ledger/opening_test.cc
  tests/merkle/golden_proofs_test.cc
  tests/merkle/signed_note_test.cc
  tests/merkle/tree_test.cc
  tests/projections/reports/disclosures_test.cc
  tests/projections/reports/occupancy_test.cc
  tests/projections/reports/stalled_test.cc
  tests/sealing/seal_test.cc
  tests/tools/render_table_test.cc
  tests/vault/shared_vault_test.cc
  tests/vault/slots_test.cc
  tests/vault/vault_test.cc
  tests/verifier/tile_questions.cc
  tests/witness/witness_client_test.cc
  tests/witness/witness_test.cc
  tools/backup.cc
  tools/extract_texts.cc
  tools/hold.cc
  tools/render_answer.cc
  tools/render_csv.cc
  tools/render_table.cc
  tools/report.cc
  tools/safekeeping_texts.cc
  tools/verifier/verifier.cc
  tools/witness.cc)
set(liggare_alone_files
  src/codec/event_line.cc
  src/codec/record.cc
  src/codec/record_fields.cc
  src/codec/record_form.cc
  src/codec/record_outline.cc
  src/codec/record_reader.cc
  src/codec/record_slots.cc
  src/codec/record_writer.cc
  src/domain/participant_rules.cc
  src/http/parser.cc
  src/http/server.cc
  src/ledger/reading.cc
  src/ledger/tile_folder.cc
  src/merkle/proof_file.cc
  src/merkle/tile.cc
  src/merkle/verifier_key.cc
  src/store/stored_tree.cc
  tests/fuzz/record_fuzz.cc
  tests/fuzz/vault_manifest_fuzz.cc
  tests/inspect/tampering_many_test.cc
  tests/merkle/vectors_test.cc
  tests/merkle/verifier_key_test.cc
  tests/projections/reports/places_test.cc
  tests/projections/reports/targets_test.cc
  tests/sealing/vectors.cc
  tests/store/stored_tree_test.cc
  tests/tools/verify_texts_test.cc
  tests/vault/key_cache_test.cc
  tests/vault/key_table_test.cc
  tests/vault/vault_backup_test.cc
  tests/vault/vault_erasure_test.cc
  tools/line_texts.cc
  tools/projections.cc
  tools/report_texts.cc
  tools/review.cc
  tools/texts.cc
  tools/vault.cc
  tools/why.cc
  tools/word_texts.cc)

foreach(file ${liggare_apart_files} ${liggare_alone_files})
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${file})
    message(FATAL_ERROR "${file} is gone: take it out of cmake/UnityGroups.cmake")
  endif()
endforeach()

function(liggare_group_files target)
  get_target_property(files ${target} SOURCES)
  get_target_property(folder ${target} SOURCE_DIR)
  get_target_property(group_size ${target} UNITY_BUILD_BATCH_SIZE)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  set(count 0)
  foreach(file ${files})
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${folder} NORMALIZE)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE name)
    if(name IN_LIST liggare_alone_files)
      continue()
    elseif(name IN_LIST liggare_apart_files)
      set(group apart)
    else()
      math(EXPR group "${count} / ${group_size}")
      math(EXPR count "${count} + 1")
    endif()
    set_source_files_properties(${file} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()

function(liggare_group_files_under folder)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target ${targets})
    get_target_property(is_unity ${target} UNITY_BUILD)
    if(is_unity)
      liggare_group_files(${target})
    endif()
  endforeach()
  get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(each ${folders})
    liggare_group_files_under(${each})
  endforeach()
endfunction()

liggare_group_files_under(${CMAKE_SOURCE_DIR})
